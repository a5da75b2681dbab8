/** Asks a model for titles, merges and an order of modules, identified by the numbers of a list. */

import type { GroupProposal, Module } from '#generate/model.ts'
import { nameOf } from '#generate/paths.ts'
import { ClusterAnswer } from './answer-schemas.ts'
import type { Model } from './ask.ts'
import { isTitleSupported } from './check-title.ts'
import { asData, asLine, block } from './code-context.ts'
import { CLUSTER_TASK, systemMessage } from './prompts.ts'

const OUTPUT_TOKENS = 2_500
const MAX_MODULES = 150
const MAX_NAMES = 6

interface Grouping {
  /** In the order of the list; their file names show their contents. */
  readonly modules: readonly Module[]
  /** The words of a module, which its title is checked against. */
  wordsOf(module: Module): string
  /** The name of the repository. */
  readonly name: string
  /** The language of the titles, a BCP-47 tag. */
  readonly language: string
}

/**
 * @returns Titles keyed by module id. Unknown and repeated numbers, and titles without support in the module, are left
 *   out; the partition checks whether the rest is possible.
 * @throws As `Model.ask`.
 */
export async function proposeGroups(
  { modules, wordsOf, name, language }: Grouping,
  model: Model,
  signal: AbortSignal,
): Promise<GroupProposal & { model: string }> {
  const listed = modules.slice(0, MAX_MODULES)
  // No counts of files or lines, so that a commit that moves nothing asks the same question.
  const lines = listed.map((module, index) => {
    const names = module.files.slice(0, MAX_NAMES).map((path) => nameOf(path))
    const below = module.children.slice(0, MAX_NAMES).map(({ title }) => title)
    const contents = [...names, ...below].join(', ')
    return asLine(
      `${index + 1}. ${module.id}: title "${module.title}"${contents === '' ? '' : `, contains ${contents}`}`,
    )
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
    if (isTitleSupported(title, wordsOf(module), language)) titles.set(module.id, title)
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
