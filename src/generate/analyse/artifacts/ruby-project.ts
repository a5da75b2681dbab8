/** Gemfile, Rakefile and *.gemspec of Ruby: gems in the repository, tasks, and the files that they run. */

import { RUBY } from '#generate/formats/lexical-rules.ts'
import { MaskedCode } from '#generate/formats/masked-code.ts'
import { gemspecAt } from '#generate/manifests/ruby-gem.ts'
import { folderOf, inFolder, nameOf } from '#generate/paths.ts'
import { targetsOf } from './commands.ts'
import type { Format } from './format.ts'
import { tasksOf } from './rake-tasks.ts'
import type { Repository } from './repository.ts'
import { folderPlace } from './working-folder.ts'

export const gemfile: Format = {
  fits: (path) => nameOf(path) === 'Gemfile',
  read: (file, builder, repository) => {
    const masked = MaskedCode.of(file.text, RUBY)
    if (masked === undefined) return
    const folder = folderOf(file.path)
    const link = (to: string | undefined): void => builder.link(file.path, to, 'uses')
    for (const match of masked.code.matchAll(/^[ \t]*gemspec\b(?:(?:[ \t]*\([ \t]*|[ \t]+)path:[ \t]*(?="))?/gm)) {
      const path = match[0].includes('path') ? masked.literals.get(match.index + match[0].length) : '.'
      link(path === undefined ? undefined : gemspecIn(folder, path, undefined, repository))
    }
    for (const match of masked.code.matchAll(/^[ \t]*gem\b[ \t]*(?:\([ \t]*)?("~*").*?\bpath:[ \t]*(?=")/gm)) {
      const name = masked.literals.get(match.index + match[0].indexOf('"'))
      const path = masked.literals.get(match.index + match[0].length)
      if (name !== undefined && path !== undefined) link(gemspecIn(folder, path, name, repository))
    }
    for (const match of masked.code.matchAll(/^[ \t]*eval_gemfile\b[ \t]*(?:\([ \t]*)?(?=")/gm)) {
      const path = masked.literals.get(match.index + match[0].length)
      if (path !== undefined) link(repository.fileAt(folder, path))
    }
  },
}

export const rakefile: Format = {
  fits: (path) => /^(?:Rakefile|rakefile)(?:\.rb)?$/.test(nameOf(path)) || path.endsWith('.rake'),
  read: (file, builder, repository) => {
    const masked = MaskedCode.of(file.text, RUBY)
    if (masked === undefined) return
    const folder = folderOf(file.path)
    const names = new Map<string, string>()
    const tasks = tasksOf(masked)
    for (const { name, line, endLine, detail } of tasks) {
      const id = builder.add({ kind: 'target', name, startLine: line, endLine, detail })
      if (id !== undefined && !names.has(name)) names.set(name, id)
    }
    for (const { name, prerequisites, commands } of tasks) {
      const id = names.get(name)
      for (const one of prerequisites) builder.link(id, names.get(one), 'depends-on')
      // A .rake file runs in the folder of the Rakefile, which is unknown here.
      if (file.path.endsWith('.rake')) continue
      for (const command of commands) {
        const place = folderPlace(folder, repository)
        for (const { to, kind } of targetsOf(command, place, repository)) builder.link(id, to, kind)
      }
    }
    for (const match of masked.code.matchAll(/^[ \t]*(?:require_relative|load|import)\b[ \t]*(?:\([ \t]*)?(?=")/gm)) {
      const path = masked.literals.get(match.index + match[0].length) ?? ''
      builder.link(file.path, repository.fileAt(folder, path) ?? repository.fileAt(folder, `${path}.rb`), 'uses')
    }
  },
}

/** The only gemspec in a folder, or the one with this name. */
function gemspecIn(folder: string, path: string, name: string | undefined, repository: Repository): string | undefined {
  const named = name === undefined ? undefined : repository.fileAt(folder, inFolder(path, `${name}.gemspec`))
  if (named !== undefined) return named
  const place = path === '.' ? folder : inFolder(folder, path)
  const found = repository.filesIn(place).filter((one) => one.endsWith('.gemspec'))
  return found.length === 1 ? found[0] : undefined
}

/** The gem with its summary and its programs. */
export const gemspec: Format = {
  fits: (path) => path.endsWith('.gemspec'),
  read: (file, builder, repository) => {
    const gem = gemspecAt(file.path, repository)
    if (gem === undefined) return
    const { name, line, description = '', programs } = gem
    const id = builder.add({ kind: 'package', name, startLine: line, endLine: line, detail: description })
    for (const { runs } of programs) builder.link(id, runs, 'runs')
  },
}
