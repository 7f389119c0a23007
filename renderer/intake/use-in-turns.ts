import { useEffect, useMemo, useRef, useState } from 'react'
import { atOnce, inTurns, shortList, type Work } from './work.ts'

/**
 * What is worked out of `rows`: at once where they are few, else in turns with the window, with what was known before
 * standing there meanwhile.
 * @param work memoized by the caller: another function is other work.
 * @param first what is known of `rows` as they are now.
 */
export function useInTurns<Row, Result>(
  rows: readonly Row[],
  work: (rows: readonly Row[]) => Work<Result>,
  first: Result,
): Result {
  const isShort = rows.length <= shortList
  const now = useMemo(() => (isShort ? { result: atOnce(work(rows)) } : null), [isShort, work, rows])
  const [later, setLater] = useState(first)
  const known = useRef<{ rows: unknown; work: unknown }>({ rows, work })
  useEffect(() => {
    if (isShort) {
      known.current = { rows: null, work: null }
      return
    }
    if (known.current.rows === rows && known.current.work === work) return
    let isStale = false
    void inTurns(work(rows), () => isStale).then((result) => {
      if (result === null || isStale) return
      known.current = { rows, work }
      setLater(result as Result)
    })
    return () => {
      isStale = true
    }
  }, [isShort, work, rows])
  return now === null ? later : now.result
}
