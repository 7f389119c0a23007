import { resolve } from 'node:path'
import { findDataFolder } from './data-folder.ts'
import { requireNode24 } from './node-guard.ts'
import { say } from './say.ts'

/**
 * `npm run -s cli -- <command>`. Each command lives in the room of its subject and is loaded only when it is asked for.
 * Exit codes: 0 done, 1 it failed or found a difference, 2 it was asked wrongly. Bad input gets one clear line, never a
 * stack.
 */
type Write = (line: string) => void
type Run = (args: readonly string[], out: Write, err: Write) => Promise<number> | number

const commands: Readonly<
  Record<
    string,
    { readonly usage: string; readonly zh: string; readonly en: string; readonly load: () => Promise<Run> }
  >
> = {
  verify: {
    usage: 'verify [FILE]',
    zh: '核对台账：余额、预占、账链',
    en: 'recompute all balances and the hash chain, and compare',
    load: async () => (await import('../db/verify.ts')).runVerifyCli,
  },
  backup: {
    usage: 'backup DIR',
    zh: '备份并核对（使用中也可以）',
    en: 'a verified copy, also while the program is open',
    load: async () => (await import('../db/backup.ts')).runBackupCli,
  },
  demo: {
    usage: 'demo DIR',
    zh: '在一个空文件夹中建立演示区',
    en: 'make the demonstration district in an empty folder',
    load: async () => runDemo,
  },
  plan: {
    usage: 'plan PROBLEM.json',
    zh: '计算分配方案',
    en: 'solve an allocation problem',
    load: async () => (await import('./plan-cli.ts')).runPlanCli,
  },
  'verify-plan': {
    usage: 'verify-plan PROBLEM.json RESULT.json',
    zh: '检查分配方案',
    en: 'check a result against its problem, without solving',
    load: async () => (await import('./plan-cli.ts')).runVerifyPlanCli,
  },
  intake: {
    usage: 'intake FILE [--kind KIND] [--catalogue FILE] [--today YYYY-MM-DD]',
    zh: '识别清单，输出 JSON',
    en: 'read any list and print what was recognised as JSON',
    load: async () => {
      const { runIntakeCli } = await import('./intake-cli.ts')
      return (args, out, err) =>
        runIntakeCli(
          [...args],
          (text) => out(text.trimEnd()),
          (text) => err(text.trimEnd()),
        )
    },
  },
}

async function runDemo(args: readonly string[], out: Write, err: Write): Promise<number> {
  const [folder] = args
  if (folder === undefined || args.length > 1) {
    err(say('用法：demo 文件夹', 'usage: demo DIR'))
    return 2
  }
  const { openDesk, closeDesk } = await import('../api/desk.ts')
  const { ensureDemonstration } = await import('./demonstration.ts')
  const logged: string[] = []
  const desk = openDesk({ folder: resolve(folder), version: 'cli', log: (line) => void logged.push(line) })
  try {
    if (!(await ensureDemonstration(desk))) {
      err(say(`${folder}：已有自己的数据，未作改动`, `${folder}: holds a stock of its own and was left alone`))
      return 2
    }
    out(say(`演示区已建立：${resolve(folder)}`, `the demonstration district is in ${resolve(folder)}`))
    return 0
  } catch (error) {
    // A fault names a reference only; what it refers to has been logged.
    const reason = logged.findLast((line) => !line.startsWith('slow'))
    throw reason === undefined ? error : new Error(reason, { cause: error })
  } finally {
    await closeDesk(desk)
  }
}

function list(): string {
  const width = Math.max(...Object.values(commands).map(({ usage }) => usage.length))
  const rows = Object.values(commands).map(({ usage, zh, en }) => `  ${usage.padEnd(width)}  ${say(zh, en)}`)
  return [
    say('用法：npm run -s cli -- <命令>  [--data 数据文件夹]', 'usage: npm run -s cli -- <command>  [--data FOLDER]'),
    ...rows,
  ].join('\n')
}

/** `--data DIR` means the same for every command; the commands read FRONTSTOCK_DATA. */
function takeDataFolder(args: readonly string[]): string[] | null {
  const rest = [...args]
  const at = rest.findIndex((argument) => argument === '--data' || argument.startsWith('--data='))
  if (at === -1) {
    process.env.FRONTSTOCK_DATA = findDataFolder(undefined)
    return rest
  }
  const joined = rest[at]!.startsWith('--data=')
  const named = joined ? rest[at]!.slice('--data='.length) : rest[at + 1]
  if (!named) return null
  rest.splice(at, joined ? 1 : 2)
  process.env.FRONTSTOCK_DATA = findDataFolder(named)
  return rest
}

async function main(argv: readonly string[]): Promise<number> {
  const err: Write = (line) => void process.stderr.write(`${line}\n`)
  const out: Write = (line) => void process.stdout.write(`${line}\n`)
  const [name = '', ...given] = argv
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (command === undefined) {
    if (name !== '') err(say(`没有这个命令：${name}`, `there is no command ${name}`))
    err(list())
    return 2
  }
  const args = takeDataFolder(given)
  if (args === null) {
    err(say('--data 需要一个文件夹', '--data takes a folder'))
    return 2
  }
  // npm changes to the project's folder; files are named from where the user stands.
  process.chdir(process.env.INIT_CWD ?? '.')
  try {
    return await (await command.load())(args, out, err)
  } catch (error) {
    const refusal = error as Error & { zh?: string; en?: string }
    const sentence =
      refusal.zh !== undefined && refusal.en !== undefined ? say(refusal.zh, refusal.en) : refusal.message
    err(`${name}: ${String(sentence).replaceAll(/\s*\n\s*/g, ' ')}`)
    return 1
  }
}

requireNode24()
// A reader that has seen enough (`… | head`) is no failure.
process.stdout.on('error', () => process.exit(0))
process.exitCode = await main(process.argv.slice(2))
