import { compareKeys, type Key, keyOf, type Model } from './model.ts'

/** The plan by handing out packs one at a time from a binary heap of every line's next pack. */
export function planByHeap(model: Model, supply: number): number[] {
  const packs = model.lines.map((line) => line.pin ?? 0)
  const heap: Key[] = []
  const push = (key: Key | null): void => {
    if (!key) return
    heap.push(key)
    for (let at = heap.length - 1; at > 0; ) {
      const parent = (at - 1) >> 1
      if (compareKeys(model, heap[parent]!, heap[at]!) <= 0) break
      ;[heap[parent], heap[at]] = [heap[at]!, heap[parent]!]
      at = parent
    }
  }
  const pop = (): Key => {
    const top = heap[0]!
    const last = heap.pop()!
    if (heap.length === 0) return top
    heap[0] = last
    for (let at = 0; ; ) {
      let least = at
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < heap.length && compareKeys(model, heap[child]!, heap[least]!) < 0) least = child
      }
      if (least === at) return top
      ;[heap[least], heap[at]] = [heap[at]!, heap[least]!]
      at = least
    }
  }
  model.lines.forEach((line, at) => {
    if (line.pin === null) push(keyOf(model, at, 0))
  })
  for (let left = supply; left > 0 && heap.length > 0; left--) {
    const { line } = pop()
    packs[line] = packs[line]! + 1
    push(keyOf(model, line, packs[line]!))
  }
  return packs
}
