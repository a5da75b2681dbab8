/** What a model proposes for the table of contents: titles, merges and an order, by the numbers of a list. */

import type { GroupProposal, Module } from '#generate/model.ts'
import { ClusterAnswer } from './answers.ts'
import type { Model } from './ask.ts'
import { isTitleBorneOut } from './check-title.ts'
import { asData, asLine, block } from './pack.ts'
import { CLUSTER_TASK, systemMessage } from './prompts.ts'

const OUTPUT_TOKENS = 2_500
const MAX_MODULES = 150
const MAX_NAMES = 6

/**
 * @param modules - In the order of the list; names of the files tell what they hold.
 * @param wordsOf - Of a module: what its titles are held against.
 * @returns By module id. Numbers that are not in the list, or stand twice, are left out; whether it can be done is for
 *   the partition to say. Titles that nothing of the module bears out are left out, too.
 * @throws As `Model.ask`.
 */
export async function proposeGroups(
  modules: readonly Module[],
  wordsOf: (module: Module) => string,
  name: string,
  model: Model,
  language: string,
  signal: AbortSignal,
): Promise<GroupProposal & { model: string }> {
  const listed = modules.slice(0, MAX_MODULES)
  // No numbers of files or lines: a commit that moves nothing asks the same question.
  const lines = listed.map((module, index) => {
    const names = module.files.slice(0, MAX_NAMES).map((path) => path.slice(path.lastIndexOf('/') + 1))
    const below = module.children.slice(0, MAX_NAMES).map(({ title }) => title)
    const holds = [...names, ...below].join(', ')
    return asLine(`${index + 1}. ${module.id}: title "${module.title}"${holds === '' ? '' : `, holds ${holds}`}`)
  })
  const { value, model: answered } = await model.ask(
    {
      role: 'cluster',
      about: 'modules',
      messages: [
        systemMessage(CLUSTER_TASK, language),
        { role: 'user', content: `${asData(`The modules of ${name}.`)}\n${block('modules', lines)}` },
      ],
      schema: ClusterAnswer,
      schemaName: 'clusters',
      maxOutputTokens: OUTPUT_TOKENS,
    },
    signal,
  )
  const idOf = (index: number): string | undefined => listed[index - 1]?.id
  const known = (indexes: readonly number[]): string[] => [...new Set(indexes.flatMap((index) => idOf(index) ?? []))]
  const titles = new Map<string, string>()
  for (const { index, title } of value.titles) {
    const module = listed[index - 1]
    if (module === undefined || titles.has(module.id)) continue
    if (isTitleBorneOut(title, wordsOf(module), language)) titles.set(module.id, title)
  }
  return {
    model: answered,
    titles,
    merges: value.merges
      .slice(0, MAX_MODULES)
      .map(known)
      .filter(({ length }) => length > 1),
    order: known(value.order),
  }
}
