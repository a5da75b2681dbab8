/**
 * `/mcp` of a running server under the protocol's conformance suite, for both revisions, and under the Inspector's command line, which lists
 * all tools and calls each. Both are downloaded below this folder (`package.json`), and need Node 22.19 or newer.
 */

import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { CALLS } from '../../test/http/mcp/calls.ts'
import { serveShop } from '../../test/http/mcp/shop.ts'
import { print } from '../measure.ts'
import { isWithoutTool, whyNotOffered } from './not-offered.ts'

const here = import.meta.dirname
const REVISIONS = ['2025-11-25', '2026-07-28']
const CONFORMANCE = '@modelcontextprotocol/conformance/dist/index.js'
const INSPECTOR = '@modelcontextprotocol/inspector/clients/launcher/build/index.js'
const MAX_BYTES = 1 << 26

const Check = z.object({
  id: z.string(),
  status: z.string(),
  errorMessage: z.string().optional(),
  details: z.unknown().optional(),
})
type Check = z.infer<typeof Check>

export async function run(): Promise<void> {
  const node = process.argv.find((argument) => argument.startsWith('--node='))?.slice('--node='.length) ?? 'node'
  if (!existsSync(path.join(here, 'node_modules'))) {
    const options = ['install', '--no-audit', '--no-fund', '--loglevel=error', '--engine-strict=false']
    await promisify(execFile)('npm', options, { cwd: here })
  }
  const undo: (() => unknown)[] = []
  try {
    const { origin } = await serveShop({ after: (step: () => unknown) => undo.push(step) }, NO_LIMITS)
    for (const revision of REVISIONS) await conformance(node, `${origin}/mcp`, revision)
    await inspect(node, `${origin}/mcp`)
  } finally {
    for (const step of undo.reverse()) await step()
  }
}

const NO_LIMITS = { DOCSPOOL_SEARCHES_PER_MINUTE: '0' }

async function conformance(node: string, url: string, revision: string): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-conformance-'))
  try {
    // It ends with 1 when a check did not pass, and most cannot.
    const args = ['server', '--url', url, '--requirements', revision, '-o', folder]
    await program(node, CONFORMANCE, args).catch(() => undefined)
    const scenarios = await readScenarios(folder)
    if (scenarios.size === 0) throw new Error(`The conformance suite has not run on ${node}.`)
    const counts = { passed: 0, failed: 0, 'in part': 0, 'does not apply': 0 }
    const lines: string[] = []
    for (const [scenario, checks] of scenarios) {
      const { verdict, passed, faults, reasons } = judge(checks)
      counts[verdict] += 1
      lines.push(
        `    ${[verdict.padEnd(14), scenario.padEnd(46), passed, ...reasons.map((each) => `; ${each}`)].join(' ')}`,
      )
      for (const { id, errorMessage } of faults) lines.push(`      FAILED ${id}: ${errorMessage}`)
    }
    const told = Object.entries(counts).map(([verdict, count]) => `${count} ${verdict}`)
    print(`  ${revision}: ${scenarios.size} scenarios: ${told.join(', ')}; with checks passed`)
    for (const line of lines) print(line)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Checked of every message, whatever a scenario is about. */
const EVERY_MESSAGE = 'wire-schema-valid'

function judge(checks: readonly Check[]) {
  const isOf = ({ id, details }: Check): boolean =>
    id !== EVERY_MESSAGE && !isWithoutTool(JSON.stringify(details ?? ''))
  const passed = checks.filter((check) => check.status === 'SUCCESS' && isOf(check)).length
  const others = checks.filter(({ status }) => status === 'FAILURE' || status === 'WARNING')
  const told = others.map(({ id, errorMessage = '' }) => whyNotOffered(id, errorMessage))
  // What a server only should do, the suite warns of.
  const faults = others.filter(({ status }, at) => status === 'FAILURE' && told[at] === undefined)
  const reasons = [...new Set(told.flatMap((each) => each ?? []))]
  const verdict =
    faults.length > 0 ? 'failed' : passed === 0 ? 'does not apply' : reasons.length > 0 ? 'in part' : 'passed'
  return { verdict, passed, faults, reasons } as const
}

/** A folder for each scenario, `server-<name>-<time>`. */
async function readScenarios(folder: string): Promise<Map<string, Check[]>> {
  const scenarios = new Map<string, Check[]>()
  for (const name of (await readdir(folder)).sort()) {
    const text = await readFile(path.join(folder, name, 'checks.json'), 'utf8')
    scenarios.set(name.replace(/^server-|-\d{4}-\d\d-\d\dT.*$/g, ''), z.array(Check).parse(JSON.parse(text)))
  }
  return scenarios
}

async function inspect(node: string, url: string): Promise<void> {
  const cli = async (...args: string[]): Promise<string> =>
    (await program(node, INSPECTOR, ['--cli', url, '--transport', 'http', ...args])).stdout
  const { tools } = z
    .object({ tools: z.array(z.object({ name: z.string() })) })
    .parse(JSON.parse(await cli('--method', 'tools/list')))
  let answered = 0
  const calls = [...CALLS, ['document_repository', { repo_url: 'https://github.com/acme/tools' }, /"job_id"/] as const]
  for (const [name, args, expected] of calls) {
    const pairs = Object.entries(args).flatMap(([key, value]) => [
      '--tool-arg',
      `${key}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
    ])
    const answer = await cli('--method', 'tools/call', '--tool-name', name, ...pairs).catch(
      (error: Error) => error.message,
    )
    const text = textOf(answer)
    if (text !== undefined && expected.test(text)) answered += 1
    else print(`    ${name}: ${answer.slice(0, 300)}`)
  }
  print(`  Inspector: ${tools.length} tools listed; ${answered} of ${calls.length} calls answered as the tests expect`)
}

const Answer = z.object({ isError: z.boolean().optional(), content: z.array(z.object({ text: z.string() })).min(1) })

function textOf(output: string): string | undefined {
  try {
    const { isError, content } = Answer.parse(JSON.parse(output))
    return isError === true ? undefined : content[0]?.text
  } catch {
    return undefined
  }
}

const program = (node: string, module: string, args: readonly string[]) =>
  promisify(execFile)(node, [path.join(here, 'node_modules', module), ...args], { maxBuffer: MAX_BYTES })
