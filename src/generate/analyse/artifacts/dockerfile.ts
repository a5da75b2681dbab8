/** Dockerfiles: stages, the stages they build on and copy from, and the files they copy and run. */

import { readShell } from '#generate/formats/shell-words.ts'
import { joinPath, nameOf } from '#generate/paths.ts'
import type { ArtifactBuilder } from './artifact-builder.ts'
import { type Target, targetsOf } from './commands.ts'
import { contextOf } from './docker-contexts.ts'
import type { Format } from './format.ts'
import { ImageFiles } from './image-files.ts'
import type { Repository } from './repository.ts'

export const dockerfile: Format = {
  asksForAll: true,
  fits: (path) =>
    /^(?:Dockerfile|Containerfile)(?:\.[\w.-]+)?$|\.dockerfile$/i.test(nameOf(path)) && !/ignore$/.test(path),
  read: (file, builder, repository) => {
    const instructions = readInstructions(file.text)
    const sources = instructions.flatMap((one) => copyOf(one)?.plain ?? [])
    const context = contextOf(file.path, sources, repository)
    new Reader(builder, repository, context).read(instructions)
  },
}

interface Stage {
  id: string | undefined
  files: ImageFiles
}

interface Copy {
  /** The stage or image in `--from`. */
  from: string | undefined
  sources: string[]
  /** Sources in the context that are neither patterns nor URLs. */
  plain: string[]
  to: string
}

class Reader {
  readonly #stages: Stage[] = []
  readonly #byName = new Map<string, Stage>()
  readonly #builder: ArtifactBuilder
  readonly #repository: Repository
  readonly #context: string | undefined

  constructor(builder: ArtifactBuilder, repository: Repository, context: string | undefined) {
    this.#builder = builder
    this.#repository = repository
    this.#context = context
  }

  read(instructions: readonly Instruction[]): void {
    const starts = instructions.flatMap((one, index) => (one.name === 'FROM' ? [index] : []))
    for (const [number, start] of starts.entries()) {
      const inside = instructions.slice(start, starts[number + 1])
      const stage = this.#open(inside, number)
      for (const instruction of inside.slice(1)) this.#readInstruction(instruction, stage)
    }
  }

  #open(inside: readonly Instruction[], number: number): Stage {
    const [from] = inside
    const words = (from?.rest ?? '').split(/\s+/).filter((word) => word !== '' && !word.startsWith('--'))
    const [image = '', as, name] = words
    const isNamed = as?.toUpperCase() === 'AS' && name !== undefined
    const base = this.#byName.get(image.toLowerCase())
    const span = { startLine: from?.startLine ?? 1, endLine: inside.at(-1)?.endLine ?? 1 }
    const id = this.#builder.add({ kind: 'stage', name: isNamed ? name : String(number), ...span, detail: image })
    this.#builder.link(id, base?.id, 'depends-on')
    const stage = { id, files: new ImageFiles(this.#repository, base?.files) }
    if (base === undefined) stage.files.folder = undefined
    this.#stages.push(stage)
    if (isNamed) this.#byName.set(name.toLowerCase(), stage)
    return stage
  }

  #readInstruction(instruction: Instruction, stage: Stage): void {
    const { name, rest } = instruction
    if (name === 'WORKDIR') stage.files.folder = stage.files.pathOf(rest.trim().replace(/^["']|["']$/g, ''))
    else if (name === 'COPY' || name === 'ADD') this.#copy(copyOf(instruction), stage)
    else if (name === 'RUN' || name === 'CMD' || name === 'ENTRYPOINT') {
      for (const { to, kind } of this.#targetsOf(rest, stage)) this.#builder.link(stage.id, to, kind)
    }
  }

  #targetsOf(rest: string, stage: Stage): Target[] {
    const list = listOf(rest)
    const text =
      list === undefined ? rest.replace(/^(?:--\w+(?:=\S+)?\s+)+/, '') : list.map((word) => quote(word)).join(' ')
    // Without WORKDIR, the base image sets the folder; absolute paths still resolve.
    const place = stage.files.workingFolderAt(stage.files.folder ?? '/\0')
    return place === undefined ? [] : targetsOf(text, place, this.#repository)
  }

  #copy(copy: Copy | undefined, stage: Stage): void {
    if (copy === undefined) return
    const to = stage.files.pathOf(copy.to)
    const isInto = copy.sources.length > 1 || /\/$|^\.{1,2}$/.test(copy.to)
    const put = (source: string): void => {
      if (to === undefined) return
      const isFile = this.#repository.isFile(source)
      stage.files.copy(source, isFile && isInto ? `${to === '/' ? '' : to}/${nameOf(source)}` : to)
    }
    if (copy.from !== undefined) {
      const other =
        this.#byName.get(copy.from.toLowerCase()) ?? this.#stages[/^\d+$/.test(copy.from) ? Number(copy.from) : -1]
      this.#builder.link(stage.id, other?.id, 'uses')
      for (const source of copy.sources) {
        const found = other?.files.sourceOf(`/${source.replace(/^\/+|(?<!\/)\/+$/g, '')}`)
        if (found !== undefined) put(found)
      }
      return
    }
    for (const source of copy.sources) {
      const path = this.#context === undefined ? undefined : joinPath(this.#context, source.replace(/^\/+/, ''))
      if (path === undefined || source.includes('$')) continue
      const isPattern = /[*?[]/.test(source)
      const files = isPattern ? this.#repository.filesLike(path) : this.#repository.isFile(path) ? [path] : []
      for (const file of files) {
        this.#builder.link(stage.id, file, 'uses')
        put(file)
      }
      if (isPattern || files.length > 0 || !this.#repository.isFolder(path)) continue
      put(path)
      // `COPY . .` says nothing about individual files.
      if (path !== this.#context)
        for (const file of this.#repository.filesBelow(path)) this.#builder.link(stage.id, file, 'uses')
    }
  }
}

/** `COPY [--from=stage] source… to`, or the JSON form. */
function copyOf({ name, rest }: Instruction): Copy | undefined {
  if (name !== 'COPY' && name !== 'ADD') return undefined
  const flags = /^(?:--[\w-]+(?:=\S+)?\s+)*/.exec(rest)?.[0] ?? ''
  const list = listOf(rest.slice(flags.length))
  const [part] = list === undefined ? readShell(rest.slice(flags.length).replace(/(?:^|\s)<<.*$/s, '')) : []
  const words =
    list ?? (part?.kind === 'command' ? part.words.map((word) => (/\$/.test(word.text) ? '$' : word.text)) : [])
  const to = words.pop()
  if (to === undefined || words.length === 0) return undefined
  const from = /--from=(\S+)/.exec(flags)?.[1]
  const plain = from === undefined ? words.filter((word) => !/[*?[$]|^[a-z]+:\/\/|^git@/.test(word)) : []
  return { from, sources: words.filter((word) => !/^[a-z]+:\/\//.test(word)), plain, to }
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}

interface Instruction {
  /** The name in upper case. */
  name: string
  /** Its arguments, on one line. */
  rest: string
  startLine: number
  endLine: number
}

const MAX_LINES = 20_000
/** A here-document is a word of its own, unlike the `<<` of arithmetic or `<<<`. */
const HERE_DOCUMENT = /(?<!\S)\d{0,3}<<-?(["']?)(\w+)\1/g

/** Joins continued lines; comments and here-documents are left out. */
function readInstructions(text: string): Instruction[] {
  const escapeSign = /^#\s*escape\s*=\s*`/im.test(text.slice(0, 500)) ? '`' : '\\'
  const found: Instruction[] = []
  let open: Instruction | undefined
  const lines = text.split('\n', MAX_LINES)
  for (let at = 0; at < lines.length; at++) {
    const line = (lines[at] ?? '').trim()
    if (line.startsWith('#') || (line === '' && open !== undefined)) continue
    const isContinued = line.endsWith(escapeSign)
    const content = isContinued ? line.slice(0, -1) : line
    if (open === undefined) {
      const [, name, rest = ''] = /^([A-Za-z]+)(?:\s+(.*))?$/s.exec(content) ?? []
      if (name === undefined) continue
      open = { name: name.toUpperCase(), rest, startLine: at + 1, endLine: at + 1 }
    } else open.rest += ` ${content}`
    open.endLine = at + 1
    if (isContinued) continue
    const isText = open.name === 'RUN' || open.name === 'COPY' || open.name === 'ADD'
    for (const [, , delimiter] of isText ? open.rest.matchAll(HERE_DOCUMENT) : []) {
      while (++at < lines.length && (lines[at] ?? '').trim() !== delimiter) open.endLine = at + 1
      open.endLine = Math.min(at + 1, lines.length)
    }
    found.push(open)
    open = undefined
  }
  return open === undefined ? found : [...found, open]
}

/** The strings of a JSON list; `undefined` when it is not one. */
function listOf(rest: string): string[] | undefined {
  if (!rest.trimStart().startsWith('[')) return undefined
  try {
    const list: unknown = JSON.parse(rest)
    return Array.isArray(list) && list.every((word) => typeof word === 'string') ? list : undefined
  } catch {
    return undefined
  }
}
