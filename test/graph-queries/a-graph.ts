/** Small graphs, and their indexes opened from memory. */

import { buildGraphIndex, type DefinitionInput, type EdgeInput, type GraphInput } from '#graph-queries/build.ts'
import { createGraphs, type Graphs } from '#graph-queries/graphs.ts'
import { type Answers, Parameters, type Question, type QuestionName } from '#graph-queries/questions.ts'

export const COMMIT = 'c'.repeat(40)

/** `calls src/a.ts#A.run src/b.ts#help` and the like; a `?` after the kind is a guess. */
export function edgeOf(text: string): EdgeInput {
  const [kind = '', from = '', to = ''] = text.split(' ')
  const isGuess = kind.endsWith('?')
  return {
    ...{ from, to, kind: kind.replace('?', '') as EdgeInput['kind'] },
    origin: isGuess ? 'unique-name' : 'import',
    confidence: isGuess ? 0.4 : 1,
  }
}

/** `src/a.ts#A.run method 3-9`. The parent is what the name says, if there is such a definition. */
export function definitionsOf(texts: readonly string[]): DefinitionInput[] {
  const ids = new Set(texts.map((text) => text.split(' ')[0]))
  return texts.map((text) => {
    const [id = '', kind = 'function', lines = '1-1', repeats] = text.split(' ')
    const [start = 1, end = start] = lines.split('-').map(Number)
    const [file = '', name = ''] = [id.slice(0, id.indexOf('#')), id.slice(id.indexOf('#') + 1)]
    const owner = `${file}#${name.split('.').slice(0, -1).join('.')}`
    return {
      ...{ id, file, kind: kind as DefinitionInput['kind'], qualifiedName: name.replace(/~\d+$/, '') },
      ...{ startLine: start, endLine: end, isExported: true, isTest: file.startsWith('test/') },
      ...{ signature: `${kind} ${name}`, summary: null, page: null, anchor: null },
      parent: ids.has(owner) ? owner : null,
      ...(repeats !== undefined && { repeats }),
    }
  })
}

export function inputOf(
  definitions: readonly string[],
  edges: readonly string[],
  files: readonly string[] = [],
): GraphInput {
  const all = definitionsOf(definitions)
  const paths = new Set([...all.map(({ file }) => file), ...files])
  return {
    commit: COMMIT,
    files: [...paths].map((path) => ({
      ...{ path, lines: 100, isTest: path.startsWith('test/'), page: null },
      link: `https://example.org/${path}#L{start}-L{end}`,
    })),
    definitions: all,
    edges: edges.map(edgeOf),
    placesOf: (edge) => [[edge + 1, 1, null]],
  }
}

export const graphsOf = (bytes: Uint8Array): Graphs =>
  createGraphs({ readFile: async () => bytes, readBytes: async (_, __, from, to) => bytes.subarray(from, to) })

/** Asks as the HTTP interface does; anything but an answer is thrown. */
export function asker(input: GraphInput) {
  const graphs = graphsOf(buildGraphIndex(input))
  return async function ask<Name extends QuestionName>(
    name: Name,
    query: Record<string, unknown>,
  ): Promise<Answers[Name]> {
    const outcome = await graphs.ask('key', { ask: name, ...Parameters[name].parse(query) } as Question)
    if (outcome.is !== 'answer') throw Object.assign(new Error(outcome.is), { outcome })
    return outcome.answer as Answers[Name]
  }
}
