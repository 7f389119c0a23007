/** What the screen says of its draft. */
export type SavingState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'saved'; readonly at: number }
  | { readonly kind: 'failed' }

export type DraftSaver = {
  /** Something has changed. Saved shortly after, and again when it changes while it is being saved. */
  readonly change: (content: string | null) => void
  /** Saves what is waiting now. */
  readonly flush: () => Promise<void>
  /** Nothing more is to be saved: the draft was posted or discarded. */
  readonly stop: () => void
}

const waitMs = 400
const retryMs = 2_000

/**
 * Keeps a draft: at most `waitMs` after the first unsaved change it is on its way, however fast the clerk types on.
 * `null` removes it.
 */
export function createDraftSaver(options: {
  readonly put: (content: string) => Promise<number>
  readonly remove: () => Promise<void>
  readonly onState: (state: SavingState) => void
}): DraftSaver {
  let waiting: { content: string | null } | null = null
  let saved: string | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let sending: Promise<void> | null = null
  let stopped = false

  const send = async () => {
    if (waiting === null || stopped) return
    const { content } = waiting
    waiting = null
    options.onState({ kind: 'saving' })
    try {
      if (content === null) await options.remove()
      const at = content === null ? null : await options.put(content)
      saved = content
      if (!stopped) options.onState(at === null ? { kind: 'idle' } : { kind: 'saved', at })
    } catch {
      if (stopped) return
      waiting ??= { content }
      options.onState({ kind: 'failed' })
      clearTimeout(timer)
      timer = setTimeout(() => void start(), retryMs)
    }
  }
  const start = async () => {
    timer = undefined
    if (sending !== null) return
    sending = send()
    await sending
    sending = null
    if (waiting !== null && timer === undefined && !stopped) timer = setTimeout(() => void start(), waitMs)
  }
  return {
    change(content) {
      if (stopped || (waiting === null && content === saved)) return
      waiting = { content }
      timer ??= setTimeout(() => void start(), waitMs)
    },
    async flush() {
      clearTimeout(timer)
      timer = undefined
      await sending
      await start()
    },
    stop() {
      stopped = true
      waiting = null
      clearTimeout(timer)
    },
  }
}
