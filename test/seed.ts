/**
 * The seed of this run's random tests: another each time, printed, and taken back from FRONTSTOCK_SEED so that a failure
 * can be seen again.
 */
export const seed: number = process.env.FRONTSTOCK_SEED
  ? Number(process.env.FRONTSTOCK_SEED)
  : Math.floor(Math.random() * 2 ** 31)

console.info(`seed ${seed} (again with FRONTSTOCK_SEED=${seed})`)
