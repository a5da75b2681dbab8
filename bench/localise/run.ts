/**
 * Localisation: commits as tasks, each to be solved by looking into a file that the commit changed. Fixed strategies without a model: the
 * tools for agents, as `docspool mcp` serves them, beside `git grep` and reading; each ends with the first true file, or after ten files. `--sets=<folder>`
 * and `--clones=<folder>` are those of `questions`.
 */

import { existsSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { Client, InMemoryTransport } from '@modelcontextprotocol/client'
import { z } from 'zod'
import { createLog } from '#base/log.ts'
import { writtenService } from '#cli/mcp.ts'
import { createServer } from '#http/mcp/server.ts'
import { median, print, readFlag } from '../measure.ts'
import { searchByGrep } from './by-grep.ts'
import { searchByTools } from './by-tools.ts'
import type { Search } from './search.ts'
import { drawTasks, type Task } from './tasks.ts'

const flag = (name: string): string | undefined =>
  process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3)

const TOOLS = 'tools'
const WHOLE = 'grep, whole files'
const AROUND = 'grep, lines around'

export async function run(): Promise<void> {
  const [sets, clones] = [flag('sets'), flag('clones')]
  if (sets === undefined || clones === undefined) throw new Error('Expected --sets=<folder> and --clones=<folder>.')
  const names = readdirSync(clones).filter((name) => existsSync(path.join(sets, name, 'search.json')))
  const tasks = drawTasks(clones, names, readFlag('tasks', 10), readFlag('seed', 1))
  const found = new Map<string, Search[]>([TOOLS, WHOLE, AROUND].map((way) => [way, []]))
  for (const name of names) {
    const client = await connect(path.join(sets, name))
    try {
      const { repositories } = Listed.parse(
        (await client.callTool({ name: 'list_repositories', arguments: {} })).structuredContent,
      )
      const [{ id = '', commit = '' } = {}] = repositories
      for (const task of tasks.filter(({ repository }) => repository === name)) {
        if (commit !== task.base) throw new Error(`${name} is not documented at ${task.base}.`)
        const ways = {
          [TOOLS]: await searchByTools(client, id, task),
          [WHOLE]: searchByGrep(task, 'whole'),
          [AROUND]: searchByGrep(task, 'around'),
        }
        for (const [way, search] of Object.entries(ways)) found.get(way)?.push(search)
        if (tasks.length <= MOST_TOLD) tell(task, ways)
      }
    } finally {
      await client.close()
    }
  }
  for (const [way, searches] of found) print(`  ${way.padEnd(18)} ${sumOf(searches)}`)
}

/** To a server of the tools as `docspool mcp` serves them, but in this process. */
async function connect(set: string): Promise<Client> {
  const service = await writtenService([set], createLog('bench', 'silent'))
  const [here, there] = InMemoryTransport.createLinkedPair()
  await createServer(service, { isReadOnly: true }).connect(there)
  const client = new Client({ name: 'localise', version: '1' })
  await client.connect(here)
  return client
}

const Listed = z.object({ repositories: z.array(z.object({ id: z.string(), commit: z.string() })) })

/** More tasks are only counted. */
const MOST_TOLD = 20

function tell({ repository, question, files }: Task, ways: Record<string, Search>): void {
  print(`  ${repository}: ${question} (${files.join(' ')})`)
  for (const [way, { isSolved, calls, tokens, files: read }] of Object.entries(ways))
    print(`    ${way.padEnd(18)} ${isSolved ? 'solved' : 'NOT   '} ${calls} calls, ${tokens} tokens, ${read} files`)
}

function sumOf(searches: readonly Search[]): string {
  const solved = searches.filter(({ isSolved }) => isSolved)
  const spent = (of: readonly Search[]): string => {
    const total = (name: 'calls' | 'tokens'): number => of.reduce((sum, each) => sum + each[name], 0)
    return `${total('calls')} calls, ${total('tokens')} tokens (median ${median(of.map(({ calls }) => calls))}, ${median(of.map(({ tokens }) => tokens))})`
  }
  return `solved ${solved.length} of ${searches.length}; all ${spent(searches)}; of the solved ${spent(solved)}`
}
