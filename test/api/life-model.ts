import { addDays } from '../../core/civil-date.ts'
import { LifeBase, type Posted, type Slip } from './life-base.ts'
import { type Moved, placesOf } from './life-books.ts'
import { readSlipLines, type SlipLine } from './life-world.ts'
import { planOf } from './world.ts'

type Count = { counted: number; expected: number }
type Stocktake = { readonly stocktakeId: number; readonly depotId: number; readonly counts: Map<number, Count> }

/**
 * Drives the program's own operations with random requests, some of which must be refused. Before each it says what has
 * to happen, after each what the books must be; throws where the program does otherwise.
 */
export class LifeModel extends LifeBase {
  #openHolds: { holdId: number; lotId: number }[] = []
  #open: Slip[] = []
  #dispatched: { slip: Slip; posted: Posted }[] = []
  #transfers: { transferId: number; to: number; lines: { lotId: number; quantityBase: number }[] }[] = []
  #stocktakes: Stocktake[] = []
  #lotNumber = 0
  /** Lots that an opening count made, by what is written on them. */
  #opened: { readonly lotId: number; readonly lot: string; readonly depotId: number }[] = []
  async deliver(): Promise<void> {
    const random = this.random
    const lines = Array.from({ length: random.between(1, 3) }, () => {
      if (random.chance(0.6)) this.#lotNumber += 1
      const piecesBase = random.between(1, 40) * (random.chance(0.8) ? 50 : 7)
      const rejectedBase = random.chance(0.15) ? random.between(1, piecesBase) : 0
      return {
        itemId: random.pick(this.world.items),
        lot: `L${this.#lotNumber}`,
        madeOn: null,
        expiresOn: random.chance(0.7) ? addDays(this.today, random.between(0, 60)) : null,
        standard: '',
        packs: null,
        packSizeBase: null,
        piecesBase,
        acceptedBase: null,
        rejectedBase,
        rejectReason: rejectedBase > 0 ? '破损' : '',
      }
    })
    const supplierId = random.pick(this.world.suppliers)
    const depotId = random.pick(this.world.depots)
    const given = {
      requestId: this.id,
      supplierId,
      depotId,
      businessDate: this.today,
      noteNumber: '',
      noteRepeat: false,
      note: '',
      lines,
    }
    const done = await this.expect('delivery', null, () => this.client.delivery.post(given))
    // The same again has one effect.
    if (random.chance(0.1)) await this.client.delivery.post(given)
    const { postingSeq } = done!.head
    const { lines: posted } = await this.client.ledger.get({ postingSeq })
    const accepted = lines.filter((line) => line.piecesBase > line.rejectedBase)
    if (posted.length !== accepted.length)
      throw new Error(`a delivery of ${accepted.length} lines moved ${posted.length}`)
    const moved = posted.map(({ lotId }, index) => {
      const line = accepted[index]!
      this.lots.set(lotId, { lotId, itemId: line.itemId, supplierId, expiresOn: line.expiresOn })
      return { lotId, from: supplierId, to: depotId, quantityBase: line.piecesBase - line.rejectedBase }
    })
    this.post(postingSeq, moved)
  }

  async approve(): Promise<void> {
    for (const { placeId } of this.world.units) {
      const reports = this.world.items.map((itemId) => ({ placeId, itemId, onHandBase: 0, reportedOn: this.today }))
      await this.client.report.save({ requestId: this.id, reports })
    }
    const hasSome = this.world.depots.some((depotId) =>
      this.books.lotsIn(depotId).some((lotId) => this.usable(depotId, lotId) >= 50),
    )
    const plan = { ...(await planOf(this.client, this.world)), requestId: this.id }
    // Whether anyone still needs something is the rule's to say; without stock there can't be a round.
    const answer = await this.client.round.approve(plan).catch((error: unknown) => error)
    const isRefused = answer instanceof Error
    const code = !hasSome || isRefused ? 'nothing-allocated' : null
    const done = await this.expect('approval', code, () => this.client.round.approve(plan))
    for (const slipId of done?.slipIds ?? []) {
      const [{ head } = { head: null }] = await this.client.slip.get({ slipIds: [slipId] })
      const slip = { slipId, unitId: head!.unitId, depotId: head!.depotId, lines: readSlipLines(this.desk, slipId) }
      for (const line of slip.lines) {
        const quantityBase = line.packs * line.packSizeBase
        if (this.usable(slip.depotId, line.lotId) < quantityBase)
          throw new Error(`a round promised what may not go: lot ${line.lotId}`)
        this.books.reserve(slip.depotId, line.lotId, quantityBase)
      }
      this.#open.push(slip)
    }
  }
  async pick(): Promise<void> {
    const random = this.random
    if (this.#open.length === 0) return
    const slip = random.pick(this.#open)
    const lines = slip.lines
      .filter(() => random.chance(0.7))
      .map((row) => ({ line: row.line, packs: random.chance(0.5) ? row.packs : random.between(0, row.packs) }))
    const replan = random.chance(0.5)
    const free = new Map<number, number>()
    let code: string | null = lines.length === 0 ? 'nothing-to-post' : null
    for (const { line, packs } of lines) {
      const row = slip.lines.find((one) => one.line === line)!
      const left =
        (free.get(row.lotId) ?? this.books.free(slip.depotId, row.lotId)) -
        (packs - (row.picked ?? row.packs)) * row.packSizeBase
      free.set(row.lotId, left)
      if (left < 0) code = 'not-enough-stock'
    }
    const given = { requestId: this.id, slipId: slip.slipId, lines, replan }
    const done = await this.expect(replan ? 'pick-replan' : 'pick', code, () => this.client.slip.pick(given))
    if (!done) return
    const short: { row: SlipLine; missing: number }[] = []
    for (const { line, packs } of lines) {
      const row = slip.lines.find((one) => one.line === line)!
      this.books.reserve(slip.depotId, row.lotId, (packs - (row.picked ?? row.packs)) * row.packSizeBase)
      row.picked = packs
      if (packs < row.packs) short.push({ row, missing: row.packs - packs })
    }
    if (replan) this.#fill(slip, short)
    const stored = JSON.stringify(readSlipLines(this.desk, slip.slipId))
    if (stored !== JSON.stringify(slip.lines))
      throw new Error(`slip ${slip.slipId}: ${JSON.stringify(slip.lines)} is stored as ${stored}`)
  }
  /** First-expiry first, without the lots that came up short. */
  #fill(slip: Slip, short: readonly { row: SlipLine; missing: number }[]): void {
    const without = new Set(short.map(({ row }) => row.lotId))
    for (const { row, missing } of short) {
      let left = missing
      const offered = this.books
        .lotsIn(slip.depotId)
        .filter((lotId) => !without.has(lotId) && this.lots.get(lotId)!.itemId === row.itemId)
        .sort((a, b) => (this.lots.get(a)!.expiresOn ?? '9').localeCompare(this.lots.get(b)!.expiresOn ?? '9') || a - b)
      for (const lotId of offered) {
        const packs = Math.min(left, Math.floor(this.usable(slip.depotId, lotId) / row.packSizeBase))
        if (packs <= 0) continue
        left -= packs
        const line = Math.max(...slip.lines.map((one) => one.line)) + 1
        slip.lines.push({ line, itemId: row.itemId, lotId, packs, packSizeBase: row.packSizeBase, picked: null })
        this.books.reserve(slip.depotId, lotId, packs * row.packSizeBase)
      }
    }
  }

  #release(slip: Slip): void {
    for (const row of slip.lines)
      this.books.reserve(slip.depotId, row.lotId, -(row.picked ?? row.packs) * row.packSizeBase)
    this.#open = this.#open.filter((other) => other !== slip)
  }
  async dispatch(): Promise<void> {
    if (this.#open.length === 0) return
    const slip = this.random.pick(this.#open)
    const isHeld = slip.lines.some((row) => (this.holds.get(row.lotId) ?? 0) > 0 && (row.picked ?? row.packs) > 0)
    const given = { requestId: this.id, slipId: slip.slipId, businessDate: this.today }
    const done = await this.expect('dispatch', isHeld ? 'lot-on-hold' : null, () => this.client.slip.dispatch(given))
    if (!done) return
    this.#release(slip)
    const moved = slip.lines.map((row) => ({
      lotId: row.lotId,
      from: slip.depotId,
      to: slip.unitId,
      quantityBase: (row.picked ?? row.packs) * row.packSizeBase,
    }))
    this.#dispatched.push({ slip, posted: this.post(await this.newestPosting(), moved, { slip }) })
  }
  async cancel(): Promise<void> {
    if (this.#open.length === 0) return
    const slip = this.random.pick(this.#open)
    await this.expect('cancel', null, () => this.client.slip.cancel({ requestId: this.id, slipId: slip.slipId }))
    this.#release(slip)
  }

  async sign(): Promise<void> {
    const random = this.random
    if (this.#dispatched.length === 0) return
    const at = random.between(0, this.#dispatched.length - 1)
    const { slip, posted } = this.#dispatched[at]!
    const sent = slip.lines.filter((row) => (row.picked ?? row.packs) > 0)
    const taken = new Map<number, number>()
    let code: string | null = null
    const moved: Moved[] = []
    const differences = sent
      .filter(() => random.chance(0.3))
      .map((row) => {
        const sentBase = (row.picked ?? row.packs) * row.packSizeBase
        const reason = random.pick(['lost', 'damaged', 'miscounted'] as const)
        const receivedBase = reason === 'miscounted' ? sentBase + random.between(-9, 9) : random.between(0, sentBase)
        const fewer = sentBase - receivedBase
        const already = taken.get(row.lotId) ?? 0
        if (fewer > this.books.free(slip.unitId, row.lotId) - already) code = 'not-enough-stock'
        taken.set(row.lotId, already + fewer)
        const place = reason === 'miscounted' ? placesOf.variance : placesOf.lost
        const [from, to] = fewer > 0 ? [slip.unitId, place] : [place, slip.unitId]
        moved.push({ lotId: row.lotId, from, to, quantityBase: Math.abs(fewer) })
        return { line: row.line, receivedBase, reason }
      })
    const given = {
      requestId: this.id,
      slipId: slip.slipId,
      signedBy: '何站长',
      signedOn: this.today,
      note: '',
      differences,
    }
    const done = await this.expect(differences.length > 0 ? 'sign-difference' : 'sign', code, () =>
      this.client.slip.sign(given),
    )
    if (!done) return
    posted.bound = true
    this.#dispatched.splice(at, 1)
    this.post(await this.newestPosting(), moved, { bound: true })
  }

  async returnFromUnit(): Promise<void> {
    const unitId = this.random.pick(this.world.units).placeId
    const depotId = this.random.pick(this.world.depots)
    const chosen = this.linesFrom(unitId)
    if (!chosen) return
    const lines = chosen.lines.map((line) => ({ ...line, state: this.random.pick(['good', 'damaged'] as const) }))
    const given = { requestId: this.id, unitId, depotId, businessDate: this.today, reason: '多余', lines }
    const code = chosen.isTooMuch ? 'not-enough-stock' : null
    const done = await this.expect('return', code, () => this.client.ledger.returnFromUnit(given))
    if (!done) return
    this.post(
      done.head.postingSeq,
      lines.map(({ lotId, quantityBase, state }) => ({
        lotId,
        quantityBase,
        from: unitId,
        to: state === 'good' ? depotId : placesOf.lost,
      })),
    )
  }
  async writeOff(): Promise<void> {
    const depotId = this.random.pick(this.world.depots)
    const chosen = this.linesFrom(depotId)
    if (!chosen) return
    const cause = this.random.pick(['expired', 'damaged'] as const)
    const given = { requestId: this.id, depotId, businessDate: this.today, cause, reason: '', lines: chosen.lines }
    const code = chosen.isTooMuch ? 'not-enough-stock' : null
    const done = await this.expect('write-off', code, () => this.client.ledger.writeOff(given))
    if (done)
      this.post(
        done.head.postingSeq,
        chosen.lines.map((line) => ({ ...line, from: depotId, to: placesOf.lost })),
      )
  }

  async send(): Promise<void> {
    const from = this.random.pick(this.world.depots)
    const to = this.random.chance(0.05) ? from : this.world.depots.find((depotId) => depotId !== from)!
    const chosen = this.linesFrom(from)
    if (!chosen) return
    const code = from === to ? 'same-place' : chosen.isTooMuch ? 'not-enough-stock' : null
    const given = {
      requestId: this.id,
      fromId: from,
      toId: to,
      businessDate: this.today,
      note: '',
      lines: chosen.lines,
    }
    const done = await this.expect('transfer-send', code, () => this.client.transfer.send(given))
    if (!done) return
    this.#transfers.push({ transferId: done.transferId, to, lines: chosen.lines })
    this.post(
      await this.newestPosting(),
      chosen.lines.map((line) => ({ ...line, from, to: placesOf.transit })),
      { bound: true },
    )
  }
  async arrive(): Promise<void> {
    if (this.#transfers.length === 0) return
    const at = this.random.between(0, this.#transfers.length - 1)
    const { transferId, to, lines } = this.#transfers[at]!
    const received = lines.map(({ lotId, quantityBase }) => ({
      lotId,
      receivedBase: this.random.chance(0.7) ? quantityBase : this.random.between(0, quantityBase),
    }))
    const isShort = received.some((line, index) => line.receivedBase < lines[index]!.quantityBase)
    const reason = isShort && this.random.chance(0.8) ? '途中破损' : ''
    const code = isShort && reason === '' ? 'reason-missing' : null
    const given = { requestId: this.id, transferId, businessDate: this.today, reason, lines: received }
    const done = await this.expect('transfer-arrival', code, () => this.client.transfer.receive(given))
    if (!done) return
    this.#transfers.splice(at, 1)
    const moved = received.flatMap(({ lotId, receivedBase }, index) => [
      { lotId, from: placesOf.transit, to, quantityBase: receivedBase },
      { lotId, from: placesOf.transit, to: placesOf.lost, quantityBase: lines[index]!.quantityBase - receivedBase },
    ])
    this.post(await this.newestPosting(), moved, { bound: true })
  }

  async hold(): Promise<void> {
    const lotId = this.lotAt(this.random.pick(this.world.depots))
    if (lotId === null) return
    const kind = this.random.pick(['recall', 'doubt'] as const)
    const row = await this.expect('hold', null, () =>
      this.client.hold.add({ requestId: this.id, lotId, kind, reason: '待查' }),
    )
    this.holds.set(lotId, (this.holds.get(lotId) ?? 0) + 1)
    const places = await this.client.hold.whereabouts({ lotId })
    for (const place of places) {
      const expected = place.kind === 'slip' ? null : this.books.at(place.placeId, lotId).onHand
      if (expected !== null && expected !== place.quantityBase)
        throw new Error(`a recall finds ${place.quantityBase} of ${expected}`)
    }
    this.#openHolds.push({ holdId: row!.holdId, lotId })
  }
  async closeHold(): Promise<void> {
    if (this.#openHolds.length === 0) return
    const [{ holdId, lotId }] = this.#openHolds.splice(this.random.between(0, this.#openHolds.length - 1), 1) as [
      { holdId: number; lotId: number },
    ]
    const close = { requestId: this.id, holdId, note: '查毕' }
    if (this.random.chance(0.6)) {
      await this.expect('hold-release', null, () => this.client.hold.release(close))
      this.holds.set(lotId, this.holds.get(lotId)! - 1)
      return
    }
    const to = this.lots.get(lotId)!.supplierId
    const moved = this.world.depots
      .map((from) => ({ lotId, from, to, quantityBase: this.books.free(from, lotId) }))
      .filter(({ quantityBase }) => quantityBase > 0)
    await this.expect('hold-reject', null, () => this.client.hold.reject(close))
    this.holds.set(lotId, this.holds.get(lotId)! - 1)
    if (moved.length > 0) this.post(await this.newestPosting(), moved)
  }

  /** 期初: a lot that nobody knew, or one of those counted again where it lies. */
  async open(): Promise<void> {
    const again = this.#opened.length > 0 && this.random.chance(0.5) ? this.random.pick(this.#opened) : null
    const depotId = again?.depotId ?? this.random.pick(this.world.depots)
    const known = again === null ? null : this.lots.get(again.lotId)!
    const supplierId = known?.supplierId ?? this.random.pick(this.world.suppliers)
    const itemId = known?.itemId ?? this.random.pick(this.world.items)
    const expiresOn = known === null ? addDays(this.today, this.random.between(-3, 60)) : known.expiresOn
    const lot = again?.lot ?? `Q${this.#opened.length}`
    const onHand = again === null ? 0 : this.books.at(depotId, again.lotId).onHand
    const countedBase =
      onHand > 0 && this.random.chance(0.6) ? this.random.between(0, onHand) : this.random.between(1, 400)
    const reserved = again === null ? 0 : onHand - this.books.free(depotId, again.lotId)
    const line = { itemId, supplierId, lot, madeOn: null, expiresOn, standard: '', countedBase, expectedBase: onHand }
    const depots = [{ depotId, postingId: this.id, lines: [line] }]
    const given = { requestId: this.id, businessDate: this.today, note: '', list: null, depots }
    const code = countedBase < reserved ? 'not-enough-stock' : countedBase + onHand === 0 ? 'nothing-to-post' : null
    const done = await this.expect('opening', code, () => this.client.stocktake.postOpening(given))
    if (!done) return
    const { postingSeq, stocktakeId } = done.stocktakes[0]!
    const { lotId } = (await this.client.stocktake.get({ stocktakeId })).lines[0]!
    if (again !== null && lotId !== again.lotId)
      throw new Error(`lot ${lot} was counted as ${lotId}, it is ${again.lotId}`)
    this.lots.set(lotId, { lotId, itemId, supplierId, expiresOn })
    if (again === null) this.#opened.push({ lotId, lot, depotId })
    const [from, to] = countedBase > onHand ? [placesOf.variance, depotId] : [depotId, placesOf.variance]
    this.post(postingSeq!, [{ lotId, from, to, quantityBase: Math.abs(countedBase - onHand) }])
  }

  async startCount(): Promise<void> {
    if (this.#stocktakes.length >= 2) return
    const depotId = this.random.pick(this.world.depots)
    const given = { requestId: this.id, depotId, category: '', blind: this.random.chance(0.5), note: '' }
    const done = await this.expect('stocktake-start', null, () => this.client.stocktake.start(given))
    this.#stocktakes.push({ stocktakeId: done!.head.stocktakeId, depotId, counts: new Map() })
  }
  async count(): Promise<void> {
    if (this.#stocktakes.length === 0) return
    const stocktake = this.random.pick(this.#stocktakes)
    const lotId = this.lotAt(stocktake.depotId)
    if (lotId === null) return
    const expected = this.books.at(stocktake.depotId, lotId).onHand
    const counted = this.random.chance(0.6) ? expected : Math.max(0, expected + this.random.between(-20, 20))
    const counts = [{ lotId, countedBase: counted, reason: counted === expected ? '' : '清点' }]
    const given = { requestId: this.id, stocktakeId: stocktake.stocktakeId, counts }
    const done = await this.expect('stocktake-count', null, () => this.client.stocktake.count(given))
    stocktake.counts.set(lotId, { counted, expected })
    const line = done!.lines.find((one) => one.lotId === lotId)!
    if (line.varianceBase !== counted - expected)
      throw new Error(`a count of ${counted} differs by ${line.varianceBase}`)
  }
  async closeCount(): Promise<void> {
    if (this.#stocktakes.length === 0) return
    const at = this.random.between(0, this.#stocktakes.length - 1)
    const { stocktakeId, depotId, counts } = this.#stocktakes[at]!
    if (this.random.chance(0.1)) {
      await this.expect('stocktake-cancel', null, () =>
        this.client.stocktake.cancel({ requestId: this.id, stocktakeId }),
      )
      this.#stocktakes.splice(at, 1)
      return
    }
    const moved: Moved[] = []
    let code: string | null = counts.size === 0 ? 'nothing-to-post' : null
    for (const [lotId, { counted, expected }] of counts) {
      const variance = counted - expected
      if (variance < 0 && this.books.free(depotId, lotId) + variance < 0) code = 'not-enough-stock'
      const [from, to] = variance > 0 ? [placesOf.variance, depotId] : [depotId, placesOf.variance]
      moved.push({ lotId, from, to, quantityBase: Math.abs(variance) })
    }
    const given = { requestId: this.id, stocktakeId, businessDate: this.today }
    const done = await this.expect('stocktake', code, () => this.client.stocktake.post(given))
    if (!done) return
    this.#stocktakes.splice(at, 1)
    this.post(done.head.postingSeq!, moved)
  }

  async correct(): Promise<void> {
    if (this.posted.length === 0) return
    // Mostly a fresh one: of old ones nearly all has gone.
    const from = this.random.chance(0.7) ? Math.max(0, this.posted.length - 15) : 0
    const wrong = this.posted[this.random.between(from, this.posted.length - 1)]!
    const wanted = new Map<string, number>()
    let code: string | null = null
    for (const { lotId, to, quantityBase } of wrong.moved) {
      if (!this.isBounded(to)) continue
      const sum = (wanted.get(`${to}/${lotId}`) ?? 0) + quantityBase
      wanted.set(`${to}/${lotId}`, sum)
      if (sum > this.books.free(to, lotId)) code = 'already-gone'
    }
    if (wrong.bound) code = 'not-correctable'
    const given = { requestId: this.id, postingSeq: wrong.postingSeq, reason: '录错' }
    const done = await this.expect('correction', code, () => this.client.ledger.correct(given))
    if (!done) return
    wrong.bound = true
    this.#dispatched = this.#dispatched.filter(({ posted }) => posted !== wrong)
    this.post(
      done.head.postingSeq,
      wrong.moved.map((one) => ({ ...one, from: one.to, to: one.from })),
      { bound: true },
    )
  }
  async step(): Promise<void> {
    const dice = this.random.next()
    const chances = [
      [0.1, () => this.deliver()],
      [0.03, () => this.approve()],
      [0.1, () => this.pick()],
      [0.11, () => this.dispatch()],
      [0.03, () => this.cancel()],
      [0.09, () => this.sign()],
      [0.08, () => this.returnFromUnit()],
      [0.06, () => this.writeOff()],
      [0.06, () => this.send()],
      [0.06, () => this.arrive()],
      [0.03, () => this.hold()],
      [0.02, () => this.closeHold()],
      [0.03, () => this.startCount()],
      [0.08, () => this.count()],
      [0.03, () => this.closeCount()],
      [0.03, () => this.open()],
    ] as const
    let upTo = 0
    for (const [chance, run] of chances) {
      upTo += chance
      if (dice < upTo) return run()
    }
    return this.correct()
  }
}
