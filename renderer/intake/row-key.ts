let last = 0

/** Keys of rows on screen, unlike for as long as the window lives. */
export const newRowKey = (): number => {
  last += 1
  return last
}
