/** *.gemspec of Ruby: the gem, if exactly one line sets its name to a literal, with its summary and its programs. */

import { folderOf } from '#generate/paths.ts'
import type { Format } from './format.ts'

const MAX_LINES = 500
/** Longer lines are not settings. */
const MAX_LINE = 300
/** `s.name = "jekyll"`, `s.summary = 'A generator'.freeze # …` */
const TEXT = /^\s*\w+\.(name|summary|bindir)\s*=\s*(['"])((?:(?!\2|#\{|\\).)+)\2(?:\.freeze)?\s*(?:#.*)?$/
const NAME = /^[\w.-]+$/
/** `Gem::Specification.new 'sinatra', version do |s|` */
const NEW = /\bGem::Specification\.new[ (]+(['"])([\w.-]+)\1/
/** `s.executables = …`, `s.executables << …` */
const EXECUTABLES = /^\s*\w+\.executables\s*(?:=|<<|\+=)(.*)$/
/** `["jekyll"]`, `%w(jekyll)`, `"jekyll"`; computed lists do not match. */
const LITERAL = /^\s*(?:\[([^\]#{}()|]*)\]|%w[([{]([\w. -]*)[)\]}]|(['"][\w.-]+['"]))(?:\.freeze)?\s*(?:#.*)?$/
/** The default folder of programs. */
const BINDIR = 'bin'

export const gemspec: Format = {
  fits: (path) => path.endsWith('.gemspec'),
  read: (file, builder, repository) => {
    const lines = file.text.split('\n', MAX_LINES).map((line) => (line.length > MAX_LINE ? '' : line))
    const texts = lines.flatMap((line, index) => {
      const [, key = 'name', , value = NEW.exec(line)?.[2]] = TEXT.exec(line) ?? []
      return value === undefined ? [] : [{ key, value, line: index + 1 }]
    })
    const [name, ...others] = texts.filter(({ key, value }) => key === 'name' && NAME.test(value))
    if (name === undefined || others.length > 0) return
    const textOf = (key: string): string | undefined => texts.find((one) => one.key === key)?.value
    const { value, line } = name
    const detail = textOf('summary') ?? ''
    const id = builder.add({ kind: 'package', name: value, startLine: line, endLine: line, detail })
    const lists = lines.flatMap((text) => EXECUTABLES.exec(text)?.[1] ?? [])
    const programs = lists.flatMap((list) => {
      const literal = LITERAL.exec(list)
        ?.slice(1)
        .find((one) => one !== undefined)
      // A computed list contains the files of the folder, which nearly always include one named after the gem.
      return literal === undefined ? [value] : (literal.match(/[\w.-]+/g) ?? [])
    })
    const folder = [folderOf(file.path), textOf('bindir') ?? BINDIR].filter((part) => part !== '').join('/')
    for (const program of programs) builder.link(id, repository.fileAt(folder, program), 'runs')
  },
}
