/** Reads options of programs in Java and Kotlin with picocli, and in PHP with Symfony's console. */

import { kindAt, type ReadTree, startOf, textAt } from '#generate/analyse/reads/read-tree.ts'
import { type FileOptions, OptionFacts } from './file-options.ts'
import { defaultAt, wordsAt } from './option-texts.ts'
import { argsOf, everyPart, labelled, lastWord, partOf, partsOf } from './option-tree.ts'

/** The options of `mixinStandardHelpOptions`; https://picocli.info/#_mixin_standard_help_options. */
const STANDARD = [
  ['help', ['-h', '--help'], 'Show this help message and exit.'],
  ['version', ['-V', '--version'], 'Print version information and exit.'],
] as const
/** Annotations of members by which a class holds options. */
const MEMBERS = /^(?:Option|Parameters|Mixin|ArgGroup)$/
/** `--[no-]force`: the forms of a negatable option. */
const withNo = (name: string): string => name.replace(/^--(?!no-)/, '--[no-]')

type LineAt = (offset: number) => number

/** The strings of a list node, or the only string of another node. */
function textsAt(tree: ReadTree, node: number | undefined): string[] {
  if (node === undefined) return []
  const own = wordsAt(tree, node)
  return own !== null ? [own] : everyPart(tree, node, /^string_literal$/).flatMap((one) => wordsAt(tree, one) ?? [])
}

/** `@Command(name = "a")` on classes, `@Option(names = "-b")` and `@Parameters` on their members. */
export function findPicocli(tree: ReadTree, lineAt: LineAt): FileOptions | undefined {
  const facts = new OptionFacts()
  const classes: { name: string; end: number }[] = []
  for (let node = 0; node < tree.size; node++) {
    while ((classes.at(-1)?.end ?? Number.POSITIVE_INFINITY) <= node) classes.pop()
    const kind = tree.isNamed(node) ? kindAt(tree, node) : ''
    const isClass = kind === 'class_declaration' || kind === 'record_declaration'
    if (
      !isClass &&
      !/^(?:field_declaration|formal_parameter|property_declaration|class_parameter|method_declaration)$/.test(kind)
    )
      continue
    const name = partOf(tree, node, /^(?:type_)?identifier$/)
    if (isClass) classes.push({ name: name === undefined ? '' : textAt(tree, name), end: tree.after[node] ?? 0 })
    const holder = classes.at(-1)?.name ?? ''
    const modifiers = partOf(tree, node, /^modifiers$/)
    const declared = textAt(tree, node).slice(0, 4_000)
    const rest = declared.slice(modifiers === undefined ? 0 : textAt(tree, modifiers).length).trimStart()
    for (const one of modifiers === undefined ? [] : everyPart(tree, modifiers, /^(?:marker_)?annotation$/)) {
      const list = everyPart(tree, one, /^(?:annotation_argument_list|value_arguments)$/)[0]
      const args = list === undefined ? [] : argsOf(tree, list)
      const [, sign = ''] = /^@(?:\w+:)?(?:[\w.]*\.)?(\w+)/.exec(textAt(tree, one).slice(0, 100)) ?? []
      const words = (...keys: readonly string[]): string => textsAt(tree, labelled(args, ...keys)).join(' ')
      const isTrue = (key: string): boolean => /\btrue$/.test(textOfNode(tree, labelled(args, key)))
      const line = lineAt(startOf(tree, one))
      // A class without a command of its own is mixed into others.
      if (!isClass && MEMBERS.test(sign) && !facts.hasCommand(holder)) facts.command({ holder, line, isGroup: true })
      if (sign === 'Command' && isClass) {
        const [, base = ''] = /^class\s+\w+(?:<[^<>{]{0,100}>)?\s+extends\s+(?:\w+\.)*(\w+)/.exec(rest) ?? []
        facts.command({
          holder,
          name: words('name'),
          text: words('description'),
          line,
          takes: base === '' ? [] : [base],
        })
        if (isTrue('mixinStandardHelpOptions'))
          for (const [written, names, text] of STANDARD)
            facts.option({ holder, names, isArgument: false, value: '', default: null, text, line, written })
        const subs = labelled(args, 'subcommands')
        const text = subs === undefined ? '' : textAt(tree, subs).slice(0, 4_000)
        for (const part of text.split('class').slice(0, -1)) facts.add(holder, lastWord(part))
      } else if (!isClass && (sign === 'Option' || sign === 'Parameters')) {
        const isArgument = sign === 'Parameters'
        const names = textsAt(tree, labelled(args, 'names') ?? args.find(({ label }) => label === null)?.node)
        if (isTrue('hidden')) continue
        const isFlag = /\b[bB]oolean\b/.test(rest.slice(0, 400))
        const field = everyPart(tree, node, /^(?:variable_declarator|variable_declaration|identifier)$/).at(-1)
        const own = field === undefined ? '' : (/^\w+/.exec(textAt(tree, field))?.[0] ?? '')
        const label = words('paramLabel').replace(/^<|>$/g, '')
        facts.option({
          holder,
          names: isArgument ? [label || own.toUpperCase()] : isTrue('negatable') ? names.map(withNo) : names,
          isArgument,
          value: isArgument || isFlag ? '' : label || own,
          default: defaultAt(tree, labelled(args, 'defaultValue')),
          text: words('description').replace(/\$\{DEFAULT-VALUE\}/g, words('defaultValue')),
          line,
          written: sign,
        })
      } else if (!isClass && (sign === 'Mixin' || sign === 'ArgGroup')) {
        const [, type = ''] = /^(?:va[lr]\s+\w+\s*:\s*)?(?:\w+<)?((?:\w+\.)*\w+)/.exec(rest) ?? []
        facts.take(holder, lastWord(type))
        facts.pass(holder, lastWord(type))
      }
    }
  }
  return facts.facts()
}

function textOfNode(tree: ReadTree, node: number | undefined): string {
  return node === undefined ? '' : textAt(tree, node).slice(0, 200)
}

/** `$this->setName('a')->addOption('b', 'b', InputOption::VALUE_REQUIRED, 'text', 'default')` */
export function findSymfony(tree: ReadTree, lineAt: LineAt): FileOptions | undefined {
  const facts = new OptionFacts()
  const classes: { name: string; end: number; line: number; texts: Map<string, string> }[] = []
  const close = (): void => {
    const { name = '', line = 1, texts } = classes.pop() ?? {}
    if (texts !== undefined && texts.size > 0)
      facts.command({
        holder: name,
        name: texts.get('name') ?? '',
        text: texts.get('description') ?? '',
        line,
      })
  }
  for (let node = 0; node < tree.size; node++) {
    while ((classes.at(-1)?.end ?? Number.POSITIVE_INFINITY) <= node) close()
    const kind = tree.isNamed(node) ? kindAt(tree, node) : ''
    const around = classes.at(-1)
    if (kind === 'class_declaration') {
      const name = partOf(tree, node, /^name$/)
      const line = lineAt(startOf(tree, name ?? node))
      classes.push({
        name: name === undefined ? '' : textAt(tree, name),
        end: tree.after[node] ?? 0,
        line,
        texts: new Map(),
      })
    } else if (around !== undefined && kind === 'attribute' && textAt(tree, node).startsWith('AsCommand')) {
      const list = partOf(tree, node, /^arguments$/)
      const args = list === undefined ? [] : argsOf(tree, list)
      for (const [at, key] of ['name', 'description'].entries()) {
        const given = labelled(args, key) ?? (args[at]?.label === null ? args[at]?.node : undefined)
        const words = given === undefined ? null : wordsAt(tree, given)
        if (words !== null) around.texts.set(key, words)
      }
    } else if (around !== undefined && kind === 'member_call_expression') {
      const list = partOf(tree, node, /^arguments$/)
      const method = partsOf(tree, node).findLast((part) => kindAt(tree, part) === 'name')
      const args = list === undefined ? [] : argsOf(tree, list).map(({ node: one }) => one)
      const call = method === undefined ? '' : textAt(tree, method)
      const words = (at: number): string | null => (args[at] === undefined ? null : wordsAt(tree, args[at]))
      const [first] = args
      const own = words(0)
      if (own === null || first === undefined) continue
      if (call === 'setName') around.texts.set('name', own)
      else if (call === 'setDescription') around.texts.set('description', own)
      else if (call === 'addOption' || call === 'addArgument') {
        const isArgument = call === 'addArgument'
        const mode = textOfNode(tree, args[isArgument ? 1 : 2])
        const short = isArgument ? null : words(1)
        facts.option({
          holder: around.name,
          names: isArgument
            ? [own]
            : [...(short === null || short === '' ? [] : [`-${short.split('|')[0]}`]), `--${own}`],
          isArgument,
          value: isArgument || mode === '' || /VALUE_NONE|VALUE_NEGATABLE|null/.test(mode) ? '' : own,
          default: defaultAt(tree, args[isArgument ? 3 : 4]),
          text: words(isArgument ? 2 : 3) ?? '',
          line: lineAt(startOf(tree, first)),
          written: own,
        })
      }
    }
  }
  while (classes.length > 0) close()
  return facts.facts()
}
