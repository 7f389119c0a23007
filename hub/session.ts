import { createHash, randomBytes } from 'node:crypto'
import type { Person } from '../core/role.ts'

/**
 * One-time tokens and sessions. Both are 128 random bits, kept as their hash only, so that a memory dump or a log gives
 * nobody a key.
 */
export type Session = { readonly person: Person; readonly startedAt: number; lastSeenAt: number }

export type Sessions = {
  /** A token for one sign-in of this person, to put into the address that the window opens. */
  issueToken: (person: Person) => string
  /** Trades a token for a session key, once; null when it is wrong, used or too old. */
  exchange: (token: string) => string | null
  /** The session of a key, its idle time started anew; null when there is none or it has ended. */
  find: (key: string) => Session | null
  end: (key: string) => void
  /** Called with the hash of each session that has ended, so that its sockets can be closed. */
  onEnd: (listener: (session: Session) => void) => void
  /** Ends what has run out; the server calls it from time to time. */
  sweep: () => void
}

export type SessionLimits = {
  /** How long a session may rest, in ms; null for as long as the process lives. */
  readonly idleMs: number | null
  /** How long a session may last at all, in ms; null for as long as the process lives. */
  readonly longestMs: number | null
  /** How long a one-time token may wait to be used, in ms. */
  readonly tokenMs: number
  readonly most: number
}

/** For desks that are shared over the network: 30 minutes idle, 12 hours at most. */
export const sharedLimits: SessionLimits = {
  idleMs: 30 * 60_000,
  longestMs: 12 * 3_600_000,
  tokenMs: 10 * 60_000,
  most: 500,
}

/** For one person alone on this machine: there is no password to come back with, so a session lasts as the process does. */
export const aloneLimits: SessionLimits = { idleMs: null, longestMs: null, tokenMs: 30 * 60_000, most: 100 }

const digest = (secret: string) => createHash('sha256').update(secret).digest('base64url')
const secret = () => randomBytes(16).toString('base64url')

export function createSessions(limits: SessionLimits, now: () => number): Sessions {
  const tokens = new Map<string, { person: Person; issuedAt: number }>()
  const sessions = new Map<string, Session>()
  const listeners: ((session: Session) => void)[] = []

  const finish = (hash: string) => {
    const session = sessions.get(hash)
    if (session === undefined) return
    sessions.delete(hash)
    for (const listener of listeners) listener(session)
  }
  const over = (session: Session, at: number) =>
    (limits.idleMs !== null && at - session.lastSeenAt > limits.idleMs) ||
    (limits.longestMs !== null && at - session.startedAt > limits.longestMs)

  return {
    issueToken(person) {
      const token = secret()
      tokens.set(digest(token), { person, issuedAt: now() })
      return token
    },
    exchange(token) {
      const hash = digest(token)
      const found = tokens.get(hash)
      tokens.delete(hash)
      if (found === undefined || now() - found.issuedAt > limits.tokenMs) return null
      if (sessions.size >= limits.most) {
        const [oldest] = [...sessions].sort((left, right) => left[1].lastSeenAt - right[1].lastSeenAt)
        if (oldest !== undefined) finish(oldest[0])
      }
      const key = secret()
      sessions.set(digest(key), { person: found.person, startedAt: now(), lastSeenAt: now() })
      return key
    },
    find(key) {
      const hash = digest(key)
      const session = sessions.get(hash)
      if (session === undefined) return null
      const at = now()
      if (over(session, at)) {
        finish(hash)
        return null
      }
      session.lastSeenAt = at
      return session
    },
    end: (key) => finish(digest(key)),
    onEnd: (listener) => void listeners.push(listener),
    sweep() {
      const at = now()
      for (const [hash, session] of sessions) if (over(session, at)) finish(hash)
      for (const [hash, token] of tokens) if (at - token.issuedAt > limits.tokenMs) tokens.delete(hash)
    },
  }
}
