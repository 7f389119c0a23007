import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { StartRefusal } from './start-refusal.ts'

/**
 * Where a database must not live. SQLite's locks and its shared memory don't work over a network file system, and a
 * program that synchronises a folder copies the file and its write-ahead log at different moments: both end in a damaged
 * database, weeks later and without a word.
 */

/** File system types, as the kernel names them, whose locking can't be trusted: network and host-share ones. */
const networkTypes = new Set(
  `nfs nfs4 cifs smb smb2 smb3 smbfs 9p afs ncpfs ceph glusterfs lustre beegfs gpfs davfs davfs2 webdav afpfs vboxsf
   prl_fs virtiofs drvfs osxfs grpcfuse fuse.sshfs fuse.rclone fuse.davfs fuse.davfs2 fuse.s3fs fuse.gcsfuse
   fuse.glusterfs fuse.ceph fuse.curlftpfs fuse.smbnetfs fuse.gvfsd-fuse fuse.vmhgfs-fuse fuse.juicefs fuse.grpcfuse
   fuse.cephfs fuse.onedriver fuse.google-drive-ocamlfuse`.split(/\s+/),
)

/** Folder names that synchronising programs give to what they synchronise. */
const syncNames: readonly (readonly [RegExp, string])[] = [
  [/^OneDrive( - .+)?$/i, 'OneDrive'],
  [/^Dropbox( \(.+\))?$/i, 'Dropbox'],
  [/^(Google ?Drive|My Drive|GoogleDrive-.+|我的云端硬盘)$/i, 'Google Drive'],
  [/^(iCloud ?Drive|Mobile Documents|com~apple~CloudDocs|CloudStorage)$/i, 'iCloud'],
  [/^(坚果云|我的坚果云|Nutstore|Nutstore Files|NutstoreFiles)$/i, 'Nutstore'],
  [/^(百度网盘|百度云同步盘|BaiduSyncdisk|BaiduNetdisk(Workspace|Download)?)$/i, 'Baidu Netdisk'],
  [/^(WPS云盘|WPSDrive|WPS Cloud Files|KingsoftData)$/i, 'WPS Cloud'],
  [/^(Nextcloud|ownCloud|Syncthing|pCloudDrive|MEGAsync)$/i, 'Nextcloud / Syncthing'],
]

/** Programs better known under their Chinese name. */
const syncChineseNames: Readonly<Record<string, string>> = {
  Nutstore: '坚果云',
  'Baidu Netdisk': '百度网盘',
  'WPS Cloud': 'WPS 云盘',
}

/** Files and folders that such programs leave in the folder they synchronise. */
const syncMarkers: readonly (readonly [string, string])[] = [
  ['.dropbox', 'Dropbox'],
  ['.dropbox.cache', 'Dropbox'],
  ['.tmp.drivedownload', 'Google Drive'],
  ['.tmp.driveupload', 'Google Drive'],
  ['.849C9593-D756-4E56-8D6E-42412F2A707B', 'OneDrive'],
  ['.nutstore', 'Nutstore'],
  ['.baiduyun', 'Baidu Netdisk'],
  ['.BaiduYunCacheInfo', 'Baidu Netdisk'],
  ['.stfolder', 'Syncthing'],
  ['.nextcloudsync.log', 'Nextcloud'],
  ['.owncloudsync.log', 'ownCloud'],
]

/**
 * Makes the folder when it is missing and gives its absolute path. Throws the refusals `not-a-folder`, `network-folder`,
 * `sync-folder`, `read-only`; then nothing has been made.
 */
export function prepareFolder(folder: string): string {
  const absolute = resolve(folder)
  const nearest = nearestExisting(absolute)
  if (!statSync(nearest).isDirectory()) {
    throw new StartRefusal(
      'not-a-folder',
      `数据文件夹的位置上是一个文件，不是文件夹：${nearest}。请另选一个文件夹。`,
      `The data folder is a file, not a folder: ${nearest}. Choose a folder.`,
    )
  }
  const real = realpathSync.native(nearest)
  const network = networkFileSystem(real, readMountTable())
  if (network !== null) {
    throw new StartRefusal(
      'network-folder',
      `数据文件夹在网络或共享磁盘上（${network}）：${absolute}。数据库放在那里迟早会损坏，请改用本机磁盘上的文件夹；要多人同时使用，请在“设置”里打开共享。`,
      `The data folder is on a network or shared disk (${network}): ${absolute}. A database there gets damaged sooner or later. Choose a folder on a disk of this computer; to work together, switch on sharing in Settings.`,
    )
  }
  const sync = syncProgram(real)
  if (sync !== null) {
    throw new StartRefusal(
      'sync-folder',
      `数据文件夹在网盘同步目录里（${syncChineseNames[sync] ?? sync}）：${absolute}。同步程序会损坏正在使用的数据库，请改用不同步的文件夹；备份文件可以放在网盘里。`,
      `The data folder is inside a folder that ${sync} synchronises: ${absolute}. That damages a database in use. Choose a folder that is not synchronised; backups may live there.`,
    )
  }
  try {
    mkdirSync(absolute, { recursive: true })
  } catch (error) {
    throw new StartRefusal(
      'read-only',
      `不能建立数据文件夹：${absolute}。请检查权限，或另选一个文件夹。`,
      `The data folder can't be made: ${absolute}. Check the permissions or choose another folder.`,
      error,
    )
  }
  return absolute
}

function nearestExisting(path: string): string {
  let current = path
  while (!existsSync(current)) {
    const parent = dirname(current)
    if (parent === current) return current
    current = parent
  }
  return current
}

function readMountTable(): string {
  try {
    if (process.platform === 'linux') return readFileSync('/proc/self/mountinfo', 'utf8')
    if (process.platform === 'darwin') return execFileSync('/sbin/mount', { encoding: 'utf8', timeout: 5000 })
  } catch {
    // Without a mount table (a sandbox) nothing can be said; the folder is taken.
  }
  return ''
}

/**
 * The type of the network file system that holds `path`, or null when it is a local one.
 * @param path absolute, links resolved. On Windows that also turns a mapped drive into its `\\server\share`.
 * @param mountTable text of /proc/self/mountinfo, or of macOS's `mount`
 */
export function networkFileSystem(path: string, mountTable: string): string | null {
  if (/^(\\\\|\/\/)(\?\\UNC\\)?[^\\/?.]/i.test(path)) return 'UNC'
  let longest = ''
  let type = ''
  for (const line of mountTable.split('\n')) {
    const found =
      /^\d+ \d+ \S+ \S+ (\S+) .* - (\S+) /.exec(line) ??
      (/^\S+ on (.+) \(([^,)]+)/.exec(line) as RegExpExecArray | null)
    if (!found) continue
    const mountPoint = found[1]!.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(parseInt(octal, 8)))
    const inside = path === mountPoint || path.startsWith(mountPoint.endsWith('/') ? mountPoint : `${mountPoint}/`)
    // The last of equals counts: a later mount covers an earlier one.
    if (inside && mountPoint.length >= longest.length) {
      longest = mountPoint
      type = found[2]!
    }
  }
  return networkTypes.has(type.toLowerCase()) ? type : null
}

/** The program that synchronises this folder or one above it, or null. `path` absolute, links resolved. */
export function syncProgram(path: string): string | null {
  for (const name of ['OneDrive', 'OneDriveConsumer', 'OneDriveCommercial']) {
    const root = process.env[name]
    if (root && (path === root || path.startsWith(`${root}\\`))) return 'OneDrive'
  }
  for (let current = path; ; current = dirname(current)) {
    const name = basename(current)
    for (const [pattern, program] of syncNames) if (pattern.test(name)) return program
    for (const [marker, program] of syncMarkers) if (existsSync(join(current, marker))) return program
    if (dirname(current) === current) return null
  }
}
