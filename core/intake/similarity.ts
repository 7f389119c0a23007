/**
 * Finds the names that look most like a given one. Dice's coefficient over single characters and pairs of characters,
 * which suits Chinese (no words to part) and forgives order: 外科医用口罩 is near 医用外科口罩. A name that holds the other
 * whole scores at least 0.75, because the rest is mostly a brand, a model or a colour.
 */
export interface SimilarityHit<T> {
  readonly value: T
  /** 0 to 1. */
  readonly score: number
}

export interface SimilarityIndex<T> {
  add(key: string, value: T): void
  /** The best hit per value, best first, at most `limit`. */
  search(key: string, limit: number): readonly SimilarityHit<T>[]
}

interface Stored<T> {
  readonly key: string
  readonly grams: number
  readonly value: T
}

/** Grams with a count: 口口罩 is not 口罩. */
function gramsOf(key: string): string[] {
  const grams: string[] = []
  const seen = new Map<string, number>()
  const characters = [...key]
  const push = (gram: string) => {
    const count = (seen.get(gram) ?? 0) + 1
    seen.set(gram, count)
    grams.push(count === 1 ? gram : `${gram}#${count}`)
  }
  for (let index = 0; index < characters.length; index += 1) {
    push(characters[index]!)
    if (index > 0) push(characters[index - 1]! + characters[index]!)
  }
  return grams
}

export function createSimilarityIndex<T>(): SimilarityIndex<T> {
  const stored: Stored<T>[] = []
  const postings = new Map<string, number[]>()
  return {
    add(key, value) {
      const id = stored.length
      const grams = gramsOf(key)
      stored.push({ key, grams: grams.length, value })
      for (const gram of grams) {
        const list = postings.get(gram)
        if (list) list.push(id)
        else postings.set(gram, [id])
      }
    },
    search(key, limit) {
      const grams = gramsOf(key)
      const shared = new Map<number, number>()
      for (const gram of grams) {
        const list = postings.get(gram)
        if (!list) continue
        for (const id of list) shared.set(id, (shared.get(id) ?? 0) + 1)
      }
      const best = new Map<T, number>()
      for (const [id, count] of shared) {
        const entry = stored[id]!
        let score = (2 * count) / (grams.length + entry.grams)
        const shorter = key.length < entry.key.length ? key : entry.key
        if (shorter.length >= 3 && (key.includes(entry.key) || entry.key.includes(key)))
          score = Math.max(score, 0.75 + score / 4)
        if (score > (best.get(entry.value) ?? 0)) best.set(entry.value, score)
      }
      return [...best]
        .map(([value, score]) => ({ value, score }))
        .sort((a, b) => b.score - a.score)
        .slice(0, limit)
    },
  }
}
