import { readFileSync, writeFileSync } from 'node:fs'

/**
 * The switches that are burnt into the Electron binary when it is packaged. All nine are decided here; a tenth in a
 * later Electron stops the packaging until somebody has thought about it.
 */
export const fuses = {
  /** ELECTRON_RUN_AS_NODE would turn the application into a Node for anybody. */
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  /** Pages come from app://, never from file://. */
  grantFileProtocolExtraPrivileges: false,
} as const

/** The ninth: electron-builder's own list ends at the eighth. Left on, as Electron ships it: off makes WebAssembly slower. */
const wasmTrapHandlers = { index: 8, on: true } as const
export const fuseCount = 9

const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'

/** After the sentinel: version 1, the number of fuses, then one character for each. A universal binary has it twice. */
function* wires(binary: Buffer): Generator<{ at: number; count: number }> {
  for (let at = binary.indexOf(sentinel); at !== -1; at = binary.indexOf(sentinel, at + 1)) {
    const start = at + sentinel.length
    if (binary[start] !== 1) throw new Error(`fuses of version ${binary[start]}, expected 1`)
    yield { at: start + 2, count: binary[start + 1] ?? 0 }
  }
}

/** @returns '1' on, '0' off, 'r' removed, in their order. Throws when the file has no fuses. */
export function readFuses(file: string): string {
  const binary = readFileSync(file)
  const [wire] = [...wires(binary)]
  if (wire === undefined) throw new Error(`no fuses in ${file}`)
  return binary.subarray(wire.at, wire.at + wire.count).toString('latin1')
}

export function setNinthFuse(file: string): void {
  const binary = readFileSync(file)
  const found = [...wires(binary)]
  if (found.length === 0) throw new Error(`no fuses in ${file}`)
  for (const { at, count } of found) {
    if (count !== fuseCount)
      throw new Error(`this Electron has ${count} fuses and ${fuseCount} are decided: build/fuses.ts`)
    binary.write(wasmTrapHandlers.on ? '1' : '0', at + wasmTrapHandlers.index, 'latin1')
  }
  writeFileSync(file, binary)
}
