import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { type AfterPackContext, build, type Configuration } from 'electron-builder'
import { buildStale } from './build.ts'
import { findElectron } from './find-electron.ts'
import { fuses, setNinthFuse } from './fuses.ts'
import { inProject, projectFolder, say } from './project.ts'

/**
 * `npm run package`: installers for the platform it runs on (AppImage and deb, nsis, dmg) into `out/`; with `--dir` the
 * unpacked application only.
 */
export async function packageApplication(options: {
  /** The folder of the Electron binary. */
  readonly electronFolder: string
  readonly outFolder: string
  /** Only the folder of the application, no installers. */
  readonly unpacked: boolean
}): Promise<void> {
  await buildStale()
  await build({
    projectDir: projectFolder,
    publish: 'never',
    ...(options.unpacked ? { dir: true } : {}),
    config: configuration(options.electronFolder, options.outFolder),
  })
}

function configuration(electronFolder: string, outFolder: string): Configuration {
  const { version } = JSON.parse(readFileSync(inProject('node_modules', 'electron', 'package.json'), 'utf8')) as {
    version: string
  }
  return {
    appId: 'cn.frontstock.desktop',
    productName: 'Frontstock',
    copyright: 'Frontstock 前线物资',
    directories: { output: outFolder, buildResources: inProject('build', 'icons') },
    electronVersion: version,
    electronDist: electronFolder,
    electronLanguages: ['zh-CN', 'en-US'],
    npmRebuild: false,
    nodeGypRebuild: false,
    asar: true,
    asarUnpack: ['**/*.node'],
    // Our own bundles and one native package with the one prebuild of this platform; nothing else.
    files: [
      'dist/**',
      '!dist/build.json',
      'package.json',
      '!**/*.map',
      '!**/*.woff',
      '!**/*.md',
      '!node_modules/node-*-x64/**',
      '!node_modules/node-addon-api/**',
      '!node_modules/better-sqlite3/{deps,src}/**',
      '!node_modules/better-sqlite3/binding.gyp',
      '!node_modules/better-sqlite3/prebuilds/**',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: electron-builder's own placeholders
      'node_modules/better-sqlite3/prebuilds/${platform}-${arch}.node',
    ],
    electronFuses: { ...fuses, resetAdHocDarwinSignature: process.platform === 'darwin' },
    afterPack: async (context) => setNinthFuse(binaryOf(context)),
    linux: {
      executableName: 'frontstock',
      target: ['AppImage', 'deb'],
      icon: inProject('build', 'icons'),
      category: 'Office',
      maintainer: 'Frontstock',
      synopsis: 'Protective supplies of a district, received, divided and handed out',
    },
    deb: { packageName: 'frontstock' },
    win: { target: ['nsis'], icon: inProject('build', 'icons', 'icon.ico') },
    nsis: { oneClick: false, allowToChangeInstallationDirectory: true, installerLanguages: ['zh_CN', 'en_US'] },
    mac: { target: ['dmg'], icon: inProject('build', 'icons', 'icon.icns'), category: 'public.app-category.business' },
  }
}

/** The file that holds the fuses. */
function binaryOf({ appOutDir, electronPlatformName, packager }: AfterPackContext): string {
  const { productFilename } = packager.appInfo
  if (electronPlatformName === 'win32') return join(appOutDir, `${productFilename}.exe`)
  if (electronPlatformName !== 'darwin')
    return join(appOutDir, packager.config.linux?.executableName ?? productFilename)
  const framework = 'Contents/Frameworks/Electron Framework.framework/Electron Framework'
  return join(appOutDir, `${productFilename}.app`, framework)
}

if (import.meta.main) {
  const electron = findElectron()
  if (electron === null) {
    process.stderr.write(
      `${say(
        '本机没有 Electron 程序，无法打包：请先在能够下载它的网络中运行一次 npm start。',
        'There is no Electron binary here, so nothing can be packaged: run npm start once where it can be downloaded.',
      )}\n`,
    )
    process.exit(1)
  }
  const { values } = parseArgs({ options: { dir: { type: 'boolean', default: false } } })
  // On macOS the binary lies three folders below its application.
  const electronFolder = process.platform === 'darwin' ? join(dirname(electron), '..', '..', '..') : dirname(electron)
  await packageApplication({ electronFolder, outFolder: inProject('out'), unpacked: values.dir })
}
