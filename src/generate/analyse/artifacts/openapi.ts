/** OpenAPI and Swagger: endpoints, and other files that they reference. */

import { at, entriesAt, type Located, textAt } from '#generate/formats/located.ts'
import { readJson } from '#generate/formats/read-json.ts'
import { readYaml } from '#generate/formats/read-yaml.ts'
import { folderOf } from '#generate/paths.ts'
import type { Format } from './format.ts'
import type { Repository } from './repository.ts'

const METHODS = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'])
/** Limit on the values of a file that are visited; YAML aliases share values, which are visited once per endpoint. */
const MAX_VALUES = 500_000

export const openapi: Format = {
  fits: (path, text) =>
    /\.(?:ya?ml|json)$/.test(path) && /["']?\b(?:openapi|swagger)["']?\s*:/.test(text.slice(0, 20_000)),
  read: (file, builder, repository) => {
    const root = file.path.endsWith('.json') ? readJson(file.text) : readYaml(file.text)
    const version = at(root, 'openapi')?.text ?? at(root, 'swagger')?.text
    if (version === undefined || !/^[23]\b/.test(version)) return
    const folder = folderOf(file.path)
    const linked = new Set<string>()
    const budget = { left: MAX_VALUES }
    for (const { key: path, value: item } of entriesAt(root, 'paths')) {
      for (const { key: method, startLine, value: operation } of item.entries?.values() ?? []) {
        if (!METHODS.has(method) || operation.entries === undefined || builder.isFull) continue
        const detail = textAt(operation, 'summary') || (textAt(operation, 'operationId') ?? '')
        const name = `${method.toUpperCase()} ${path}`
        const id = builder.add({ kind: 'endpoint', name, startLine, endLine: operation.endLine, detail })
        for (const to of referencedFiles(operation, folder, repository, budget)) {
          linked.add(to)
          builder.link(id, to, 'uses')
        }
      }
    }
    for (const to of root === undefined ? [] : referencedFiles(root, folder, repository, budget)) {
      if (!linked.has(to)) builder.link(file.path, to, 'uses')
    }
  },
}

/**
 * The files in `$ref: ./file.yaml#/…` anywhere inside a value, which may be cyclic.
 *
 * @param budget - The number of values that may still be visited.
 */
function referencedFiles(
  value: Located,
  folder: string,
  repository: Repository,
  budget: { left: number },
): Set<string> {
  const found = new Set<string>()
  const seen = new Set<Located>()
  const pending = [value]
  for (let next = pending.pop(); next !== undefined && budget.left-- > 0; next = pending.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    const reference = textAt(next, '$ref')?.split('#')[0]
    const path = reference === undefined || reference === '' ? undefined : repository.fileAt(folder, reference)
    if (path !== undefined) found.add(path)
    for (const item of next.items ?? []) pending.push(item)
    for (const { value: inner } of next.entries?.values() ?? []) pending.push(inner)
  }
  return found
}
