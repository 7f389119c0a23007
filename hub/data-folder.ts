import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/**
 * Where the database lives: `--data DIR`, else `FRONTSTOCK_DATA`, else the place that this system has for the data of
 * an application. The same in both shells, so that they open the same stock.
 */
export function findDataFolder(
  named: string | undefined,
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const given = named ?? env.FRONTSTOCK_DATA
  // npm changes to the project's folder; a relative path means the folder the user stands in.
  if (given) return resolve(env.INIT_CWD ?? '.', given)
  if (platform === 'win32') return join(env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Frontstock')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Frontstock')
  return join(env.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'frontstock')
}

/** The demonstration district lives beside the real stock and never in it. */
export const demonstrationFolder = (dataFolder: string): string => join(dataFolder, 'demonstration')
