/** Protocol Buffers: messages, services and procedures, the types they use, and imported files. */

import { memoizedByText } from '#base/memoize.ts'
import { Lines } from '#generate/formats/lines.ts'
import { folderOf, inFolder } from '#generate/paths.ts'
import type { Format } from './format.ts'
import { type Proto, readProto } from './protobuf-declarations.ts'
import type { Repository } from './repository.ts'

export const protobuf: Format = {
  asksForAll: true,
  fits: (path) => path.endsWith('.proto'),
  read: (file, builder, repository) => {
    const proto = protoAt(repository, file.path)
    if (proto === undefined) return
    const lines = new Lines(file.text)
    for (const { path } of proto.imports) builder.link(file.path, importedFile(path, file.path, repository), 'uses')
    const visible = visibleTypes(file.path, proto, repository)
    for (const { kind, name, types, start, end } of proto.declarations) {
      if (kind === 'enum') continue
      const parts = name.split('.')
      const span = { startLine: lines.at(start), endLine: lines.at(end) }
      const detail = kind === 'rpc' ? types.join(' returns ') : proto.package
      const id = builder.add({ kind, name: parts.at(-1) ?? name, key: name, ...span, detail })
      if (kind === 'rpc') builder.link(`${file.path}#${parts.slice(0, -1).join('.')}`, id, 'uses')
      const scope = proto.package === '' ? name : `${proto.package}.${name}`
      for (const type of types) builder.link(id, resolveType(type, scope, visible), 'uses')
    }
  },
}

const protoAt = memoizedByText((repository: Repository, path): Proto | undefined => {
  const text = repository.file(path)?.text ?? null
  return text === null ? undefined : readProto(text)
})

/** Ids by qualified name, '' for an enum: declared in the file, in its imports, and in their public imports. */
function visibleTypes(path: string, proto: Proto, repository: Repository): Map<string, string> {
  const visible = new Map<string, string>()
  const seen = new Set<string>()
  const pending = [{ path, proto }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (seen.has(next.path)) continue
    seen.add(next.path)
    for (const { kind, name } of next.proto.declarations) {
      if (kind !== 'message' && kind !== 'enum') continue
      const full = next.proto.package === '' ? name : `${next.proto.package}.${name}`
      visible.set(full, kind === 'enum' ? '' : `${next.path}#${name}`)
    }
    for (const one of next.proto.imports) {
      const file = one.isPublic || next.path === path ? importedFile(one.path, next.path, repository) : undefined
      const read = file === undefined ? undefined : protoAt(repository, file)
      if (file !== undefined && read !== undefined) pending.push({ path: file, proto: read })
    }
  }
  return visible
}

/** Searches from the innermost scope outwards, like protoc; a leading dot means the outermost. */
function resolveType(type: string, scope: string, visible: ReadonlyMap<string, string>): string | undefined {
  if (type.startsWith('.')) return visible.get(type.slice(1)) || undefined
  for (let around = scope; ; around = around.slice(0, Math.max(0, around.lastIndexOf('.')))) {
    const found = visible.get(around === '' ? type : `${around}.${type}`)
    if (found !== undefined) return found || undefined
    if (around === '') return undefined
  }
}

/**
 * Only the build knows the import root: tries the folders above the file, then the only file whose path ends so.
 */
function importedFile(path: string, from: string, repository: Repository): string | undefined {
  const found = new Set<string>()
  for (let folder = folderOf(from); ; folder = folderOf(folder)) {
    const candidate = inFolder(folder, path)
    if (repository.isFile(candidate)) found.add(candidate)
    if (folder === '') break
  }
  if (found.size === 0) for (const file of repository.filesEnding(path)) found.add(file)
  return found.size === 1 ? [...found][0] : undefined
}
