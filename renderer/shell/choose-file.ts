/** The system's own file dialog, which browsers and Electron open alike for an `<input type="file">`. */
export function chooseFile(accept: string): Promise<File | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = accept
    input.hidden = true
    const settle = (file: File | null) => {
      input.remove()
      resolve(file)
    }
    input.addEventListener('change', () => settle(input.files?.[0] ?? null))
    input.addEventListener('cancel', () => settle(null))
    // In the document, so that it also works where a detached input is ignored.
    document.body.append(input)
    input.click()
  })
}
