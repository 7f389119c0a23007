/**
 * The seed of this run's random tests: another each time, printed once, and taken back from FRONTSTOCK_SEED so that a
 * failure can be seen again. The configuration of vitest asks for it first; its workers inherit it, so one seed replays
 * them all.
 */
const given = process.env.FRONTSTOCK_SEED ?? ''

export const seed: number = given === '' ? Math.floor(Math.random() * 2 ** 31) : Number(given)

if (!Number.isInteger(seed)) throw new Error(`FRONTSTOCK_SEED must be a whole number, got ${given}`)
if (given === '') {
  process.env.FRONTSTOCK_SEED = String(seed)
  console.info(`seed ${seed} (again with FRONTSTOCK_SEED=${seed})`)
}
