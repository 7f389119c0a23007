import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { backupFolderName } from './backup-file.ts'
import { type BackupProblem, backupProblemOf } from './backup-state.ts'
import { writeFileDurably } from './file-mark.ts'

/** Where backups go: beside the data, or into a folder that people choose, such as a memory stick. */

/**
 * A chosen folder may be shared by several computers and databases, whose backups must not clear each other away: each
 * has a folder of its own in it.
 * @param chosen as it stands in the settings; empty for the data folder's own `backup/`
 */
export function backupFolderOf(dataFolder: string, chosen: string): string {
  if (chosen === '') return join(dataFolder, backupFolderName)
  const host = hostname()
    .replaceAll(/[^\w-]/g, '')
    .slice(0, 30)
  const identity = createHash('sha256').update(`${hostname()}\n${dataFolder}`).digest('hex').slice(0, 6)
  return join(chosen, `frontstock-${host}-${identity}`)
}

/**
 * Why backups can't be kept in this folder, or null. Tries it by writing a file. A folder that is missing is made, but
 * only where the folder above is there: a stick that is not plugged in must not become a folder of the system's disk.
 */
export function checkBackupFolder(chosen: string): 'not-absolute' | BackupProblem | null {
  if (!isAbsolute(chosen)) return 'not-absolute'
  const folder = resolve(chosen)
  const probe = join(folder, `.frontstock-${process.pid}.part`)
  try {
    if (!existsSync(folder)) {
      statSync(dirname(folder))
      mkdirSync(folder)
    }
    writeFileDurably(probe, 'frontstock')
    return null
  } catch (error) {
    return backupProblemOf(error, folder)
  } finally {
    if (existsSync(probe)) rmSync(probe)
  }
}

/** Throws an error with code ENOENT where the chosen folder is not there (any more), and makes nothing in its place. */
export function expectChosenFolder(chosen: string): void {
  if (chosen !== '') readdirSync(chosen)
}

/** Disks and sticks that are plugged in now: what a person is likely to mean by "another disk". */
export function listDisks(): string[] {
  if (process.platform === 'win32') {
    return [...'DEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => `${letter}:\\`).filter((disk) => existsSync(disk))
  }
  const roots = process.platform === 'darwin' ? ['/Volumes'] : ['/media', '/run/media', '/mnt']
  const inside = (folder: string): string[] => {
    try {
      return readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => join(folder, entry.name))
    } catch {
      return []
    }
  }
  // Linux mounts for each user: /media/USER/STICK.
  return roots
    .flatMap((root) =>
      inside(root).flatMap((disk) => (/^\/(run\/)?media\//.test(disk) ? [disk, ...inside(disk)] : disk)),
    )
    .slice(0, 20)
}
