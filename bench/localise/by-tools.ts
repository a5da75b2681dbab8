/** Looks for a file by the tools for agents alone: one question, then the files of its answer in their order, each by its outline and what the answer named in it. */

import type { Client } from '@modelcontextprotocol/client'
import { z } from 'zod'
import { MOST_FILES, type Search, tokensOf } from './search.ts'
import type { Task } from './tasks.ts'

const OUTLINE_TOKENS = 1_500
const SYMBOL_TOKENS = 1_500
/** Definitions of a file that are read. */
const MOST_SYMBOLS = 2

const Answered = z.object({
  files: z.array(z.string()),
  definitions: z.array(z.object({ id: z.string(), file: z.string() })),
})

export async function searchByTools(client: Client, repoName: string, { question, files }: Task): Promise<Search> {
  const search: Search = { isSolved: false, calls: 0, tokens: 0, files: 0 }
  const call = async (name: string, args: Record<string, unknown>): Promise<unknown> => {
    const result = await client.callTool({ name, arguments: { repoName, ...args } })
    search.calls += 1
    search.tokens += tokensOf(JSON.stringify({ name, args }))
    for (const each of result.content) if (each.type === 'text') search.tokens += tokensOf(each.text)
    return result.structuredContent
  }
  const answer = Answered.parse(await call('ask_question', { question, basis: 'evidence' }))
  for (const file of answer.files.slice(0, MOST_FILES)) {
    await call('read_file_outline', { file, max_tokens: OUTLINE_TOKENS })
    const named = answer.definitions.filter((each) => each.file === file).slice(0, MOST_SYMBOLS)
    for (const { id } of named) await call('get_symbol', { symbol: id, max_tokens: SYMBOL_TOKENS })
    search.files += 1
    search.isSolved = files.includes(file)
    if (search.isSolved) break
  }
  return search
}
