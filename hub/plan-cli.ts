import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { planFileText, splitRoundFile, type TextOrError, verifyPlanFiles } from '../core/allocation/plan-file.ts'
import { say } from './say.ts'

const mostBytes = 256 * 1024 * 1024
const hashText = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex')
const language = () => (say('zh', 'en') === 'zh' ? 'zh-CN' : 'en')

type Write = (line: string) => void

/** `plan FILE.json`: prints the result. 0, or 2 with one line that says what is wrong. */
export function runPlanCli(args: readonly string[], out: Write, err: Write): number {
  const [file] = args
  if (file === undefined || args.length > 1)
    return wrong(err, say('用法：plan 问题文件.json', 'usage: plan PROBLEM.json'))
  const source = read(file)
  return 'error' in source
    ? wrong(err, source.error)
    : finish(planFileText(source.text, hashText, language()), out, err)
}

/**
 * `verify-plan PROBLEM.json RESULT.json`, or `verify-plan ROUND.json` as an approved round exports it: checks every rule
 * and the certificate without solving. 0, or 2 with one line.
 */
export function runVerifyPlanCli(args: readonly string[], out: Write, err: Write): number {
  const [problemFile, resultFile] = args
  const usage = say(
    '用法：verify-plan 问题文件.json 结果文件.json，或 verify-plan 批次方案文件.json',
    'usage: verify-plan PROBLEM.json RESULT.json, or verify-plan ROUND.json',
  )
  if (problemFile === undefined || args.length > 2) return wrong(err, usage)
  if (resultFile === undefined) {
    const round = read(problemFile)
    if ('error' in round) return wrong(err, round.error)
    const parts = splitRoundFile(round.text)
    return parts
      ? finish(verifyPlanFiles(parts.problem, parts.result, hashText, language()), out, err)
      : wrong(err, usage)
  }
  const problem = read(problemFile)
  const result = read(resultFile)
  if ('error' in problem) return wrong(err, problem.error)
  if ('error' in result) return wrong(err, result.error)
  return finish(verifyPlanFiles(problem.text, result.text, hashText, language()), out, err)
}

function finish(outcome: TextOrError, out: Write, err: Write): number {
  if ('error' in outcome) return wrong(err, outcome.error)
  out(outcome.text.trimEnd())
  return 0
}

function wrong(err: Write, line: string): number {
  err(line.replaceAll(/\s*\n\s*/g, ' '))
  return 2
}

function read(file: string): TextOrError {
  try {
    const { size } = statSync(file)
    if (size > mostBytes) {
      return {
        error: say(
          `${file}：文件过大（${size} 字节，上限 ${mostBytes}）`,
          `${file}: too large (${size} bytes, at most ${mostBytes})`,
        ),
      }
    }
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file)) }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT') return { error: say(`${file}：没有这个文件`, `${file}: there is no such file`) }
    if (code === 'EISDIR') return { error: say(`${file}：这是文件夹`, `${file}: this is a folder`) }
    if (error instanceof TypeError) return { error: say(`${file}：不是 UTF-8 文本`, `${file}: not a text in UTF-8`) }
    return { error: say(`${file}：不能读取（${code}）`, `${file}: can't be read (${code})`) }
  }
}
