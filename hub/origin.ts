/**
 * Who is knocking: the first check of every request, before anything is read. A page on another site can make a
 * browser send requests to 127.0.0.1, and a name that resolves to it (DNS rebinding) makes them look local; both show
 * in Host, Origin or Sec-Fetch-Site, which a page cannot set.
 */
export type Knock = {
  readonly method: string
  /** All values as received: a header sent twice is refused. */
  readonly host: readonly string[]
  readonly origin: readonly string[]
  readonly fetchSite: readonly string[]
  readonly fetchMode: readonly string[]
  readonly upgrade: boolean
}

/**
 * @param authorities the names this server answers to, `host:port`, lower case.
 * @returns null when the request may go on, else the reason (for the log; the answer is a bare 403).
 */
export function refuseKnock(knock: Knock, authorities: readonly string[]): string | null {
  const [host] = knock.host
  if (knock.host.length !== 1 || host === undefined || !authorities.includes(host)) return 'host'
  if (knock.origin.length > 1 || knock.fetchSite.length > 1 || knock.fetchMode.length > 1) return 'repeated header'
  const [origin] = knock.origin
  // The page's origin must be the very name it asked by, so that localhost and 127.0.0.1 are not mixed.
  if (origin !== undefined && origin !== `http://${host}`) return 'origin'
  const reads = (knock.method === 'GET' || knock.method === 'HEAD') && !knock.upgrade
  if (origin === undefined && !reads) return 'origin missing'
  const [site] = knock.fetchSite
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    // A link on another page may bring a person here; nothing else may come from there.
    if (!(reads && knock.fetchMode[0] === 'navigate')) return 'fetch site'
  }
  return null
}
