/** What pages say, in English. */

import type { Inheritance } from '#generate/model.ts'
import { join } from '#markdown/build.ts'
import { grouped, sized } from './numbers.ts'
import { capital, say } from './say.ts'
import type { Texts } from './texts.ts'

const count = (value: number): string => grouped(value, ',')
const n = (value: number, one: string, many = `${one}s`): string => `${count(value)} ${value === 1 ? one : many}`
const relation = (verb: string, one: string, many?: string): Texts['relations']['extends'] => ({
  say: (names) => say`${verb} ${names}`,
  head: capital(verb),
  ends: (number) => n(number, one, many),
})
const link = (verb: string): Texts['links']['uses'] => ({
  say: (names) => say`${verb} ${names}`,
  files: (number) => `${verb} ${n(number, 'file')}`,
})
const span = (start: number, end: number): string => (start === end ? `line ${start}` : `lines ${start} to ${end}`)

const ARROWS: Readonly<Record<Inheritance, string>> = {
  extends: 'a solid arrow leads to what it extends',
  implements: 'a broken one to what it implements',
  'mixes-in': 'a thick one to what it mixes in',
}

export const en: Texts = {
  count,
  size: (bytes) => sized(bytes, '.', ['B', 'KB', 'MB']),
  comma: ', ',
  colon: ': ',
  stop: '.',
  andMore: (items, more) => say`${items} and ${count(more)} more`,
  moreItems: (more) => `and ${count(more)} more`,
  more: (more) => `And ${count(more)} more.`,
  files: (number) => n(number, 'file'),
  lines: (number) => n(number, 'line'),
  modules: (number) => n(number, 'module'),
  names: (number) => n(number, 'name'),
  places: (number) => n(number, 'place'),
  testFiles: (number) => n(number, 'test file'),
  filesAndTests: (files, tests) => `${n(files, 'file')} and ${n(tests, 'test file')}`,
  span,
  place: (file, start, end) => `${file}, ${span(start, end)}`,
  atLines: (lines, more) =>
    say` (${lines.length + more === 1 ? 'line' : 'lines'} ${join(lines, ', ')}${more === 0 ? '' : ` and ${count(more)} more`})`,
  kinds: {
    class: 'class',
    struct: 'struct',
    interface: 'interface',
    trait: 'trait',
    enum: 'enum',
    type: 'type',
    function: 'function',
    method: 'method',
    field: 'field',
    constant: 'constant',
    macro: 'macro',
    namespace: 'namespace',
    getter: 'getter',
    setter: 'setter',
    property: 'property',
  },
  relations: {
    extends: relation('extends', 'type that it extends', 'types that it extends'),
    implements: relation('implements', 'type that it implements', 'types that it implements'),
    'mixes-in': relation('mixes in', 'module that it mixes in', 'modules that it mixes in'),
    implementedBy: relation('implemented by', 'implementation'),
    extendedBy: relation('extended by', 'type that extends it', 'types that extend it'),
    mixedInto: relation('mixed into', 'type that mixes it in', 'types that mix it in'),
    overriddenBy: relation('overridden by', 'definition that overrides it', 'definitions that override it'),
  },
  suchAs: (number, names) => say`${count(number)}, such as ${names}`,
  someOf: (shown, ends) => `${count(shown)} of the ${ends}`,
  allOf: (ends) => `All ${ends}`,
  links: { uses: link('uses'), usedBy: link('used by') },
  languageNames: {
    'ignore-list': 'Ignore-list',
    jsonc: 'JSON with comments',
    'lock-file': 'Lock-file',
    text: 'Text',
  },
  other: 'other',
  boxes: 'Boxes of the diagram',
  titles: null,

  overview: {
    glance: 'At a glance',
    commit: (commit, ref, date, subject) => [
      ...say`commit ${commit}`,
      ...(ref === null ? [] : say` of ${ref}`),
      `, ${date}${subject === '' ? '' : ` (“${subject}”)`}`,
    ],
    noFiles: 'The commit holds no files.',
    readingTitle: 'To read it in order',
    reading: 'The files that most others build on and those where they meet, each after those it uses itself:',
    usedByFiles: (number) => `used by ${n(number, 'file')}`,
    usesFiles: (number) => `uses ${n(number, 'file')}`,
    further: 'More pages',
    files: 'Files',
    fileHeads: ['language', 'files', 'lines', 'size', 'analysed'],
    yes: 'yes',
    also: (names) => say`Also: ${names}`,
    notAnalysed: (files) => say`Not analysed, the largest first: ${files}.`,
    smaller: (number) => `and ${n(number, 'smaller one')}`,
    leftOut: (items) => say`Left out: ${items}.`,
    generated: (number) => n(number, 'generated file'),
    vendored: (number) => n(number, 'vendored file'),
    unparsed: (number) => `parts of ${n(number, 'file')} that could not be parsed`,
    skipped: (number, reasons) => say`${count(number)} skipped (${reasons})`,
    reasons: {
      symlink: 'symlink',
      submodule: 'submodule',
      'too large': 'too large',
      'over the file limit': 'over the file limit',
      'not readable': 'not readable',
      excluded: 'excluded',
    },
    licence: 'licence',
    licenceIn: (path) => `licence: ${path}`,
  },

  module: {
    arrows: (isNumbered) =>
      isNumbered
        ? 'An arrow points to what is used; its number is how many references there are.'
        : 'An arrow points to what is used; a thicker one stands for more references.',
    drawn: (drawn, total) =>
      `Showing the ${count(drawn)} strongest of ${count(total)} connections; the others would crowd the diagram, or follow from two that are shown.`,
    heads: ['module', 'what it holds', 'start with'],
    children: 'Modules',
    mostUsed: 'Most used',
    mostUsedInPlaces: (names) => say`Most used, with the number of places: ${names}`,
    files: 'Files',
    fileHeads: ['file', 'what it holds'],
    moreFiles: (number) => `And ${n(number, 'more file')}`,
    otherFiles: 'Other files',
    examples: 'Examples',
    tests: 'Tests',
    testedBy: 'Referenced in tests',
    moreTestFiles: (number) => n(number, 'more test file'),
    fileUses: (targets, isTest) => say`: ${isTest ? 'tests' : 'uses'} ${targets}`,
    fileAlsoUses: (targets, isTest) => say` ${isTest ? 'Tests' : 'Uses'} ${targets}`,
    note: (author, file) => say`Note from ${author === null ? '' : `${author}, `}${file}.`,
    alsoHolds: (names) => say` Also ${names}.`,
    internal: (names) => say`internal ${names}`,
  },

  file: {
    of: (module) => say`file of ${module}`,
    heads: ['name', 'kind', 'what it is'],
    moreNames: (number) => `And ${n(number, 'more name')}, below.`,
    alsoNames: (names) => say`Also ${names}.`,
    internalTo: (name) => `Internal to ${name}`,
    moreOf: (name) => `More of ${name}`,
    alsoExported: (names) => say`Also exported: ${names}`,
    internalDefinitions: (number) => n(number, 'internal definition'),
  },

  entry: {
    definedIn: (kind, place) => say`${capital(kind)} in ${place}`,
    value: 'Value',
    values: 'Values',
    inner: (_, names) => say`with ${names} inside`,
    moreMembers: (names) => say`More members: ${names}`,
    internalMembers: (number) => n(number, 'internal member'),
    has: (names) => say`has ${names}`,
    andNames: (names) => say`And ${names}.`,
    deprecated: 'Deprecated',
    parameter: 'parameter',
    typeParameter: 'type parameter',
    field: 'field',
    type: 'type',
    default: 'default',
    returns: 'Returns',
    yields: 'Yields',
    raises: 'Raises',
    throws: 'Throws',
    example: 'Example',
    see: 'See also',
    from: (place) => say`from ${place}`,
    since: (version) => say`since ${version}`,
    usedIn: (number) => `uses found in ${n(number, 'place')}`,
    unknownCalls: (number) => `${n(number, 'more call')} of this name on receivers of unknown type`,
    alsoIn: (places) => say`also declared in ${places}`,
    oneOf: (used) => `${used}, of this or another overload`,
    exampleFiles: (number) => n(number, 'example file'),
    referencedIn: (files) => `referenced in ${files}`,
    examples: 'In examples',
    tests: 'In tests',
  },

  types: {
    hierarchy: 'Type hierarchy',
    arrow: {
      extends: 'An arrow leads from a type to what it extends.',
      implements: 'An arrow leads from a type to what it implements.',
      'mixes-in': 'An arrow leads from a type to what it mixes in.',
    },
    arrows: (kinds) => `From a type, ${kinds.map((kind) => ARROWS[kind]).join(', ')}.`,
    outside: ' Types with round ends are of other modules.',
    moreBases: (number) => `${n(number, 'more type')} that others extend or implement`,
    boxOfTypes: (number) => `${count(number)} types`,
    boxOfMore: (number) => `and ${count(number)} more`,
    glossary: 'Central types',
    glossaryHeads: ['type', 'what it is', 'used in places'],
    kindOf: (kind, module) => say`${kind} of ${module}`,
  },

  flows: {
    title: 'Key flows',
    note: 'Each arrow is a resolved call, and what is evaluated first comes first: arguments before the call that they are for. Only the most telling calls are here. Left out are those that deal with errors, and those in functions that are made here and run elsewhere; what comes after an early exit happens where that is not taken.',
    broken: ' A broken arrow is a call in a branch or in a loop.',
    through: (open, implementations) =>
      implementations === 1
        ? say` (implements ${open})`
        : say` (one of ${String(implementations)} implementations of ${open})`,
    kept: (field, functions) =>
      functions === 1 ? say` (kept in ${field})` : say` (one of ${String(functions)} functions kept in ${field})`,
    tree: 'What is called',
    treeNote: 'Calls in the order in which they are made, those that call others open.',
    callsOf: (entry) => say`Calls of ${entry}`,
    calledBy: (callers) => `Called by ${n(callers, 'function')}`,
    happensIn: (entry, file) => [...say`What happens in ${entry}`, ...(file === null ? [] : say` of ${file}`)],
    sometimes: 'conditionally',
    inSeveral: 'in several branches',
    unlessEnded: 'unless it ends before',
    repeated: 'repeatedly',
    repeatedSometimes: 'repeatedly, conditionally',
  },

  publicApi: {
    title: 'Public API',
    heads: ['name', 'what it is'],
    deprecated: 'Deprecated. ',
    moreNames: (number) => n(number, 'more name'),
    morePaths: (number) => n(number, 'more import path'),
    morePackages: (names) => say`More packages: ${names}.`,
  },

  launch: {
    title: 'Where it starts',
    command: (name, manifest, target) => say`The command ${name} (${manifest}) runs ${target}.`,
    imageRuns: (image, target) => say`The image of ${image} runs ${target}.`,
    routed: (modules) => say`Requests are routed in ${modules}.`,
    program: (file, name, sentence) => [
      ...(name === null ? say`${file} is a program` : say`${file} is the program ${name}`),
      ...(sentence === null ? ['.'] : [': ', ...sentence]),
    ],
    mainIn: (entry, file) => say`${entry} in ${file} is a program.`,
    functionIn: (entry, file) => say`${entry} in ${file}`,
    build: 'To build, run and test',
    install: 'Install',
    usual: ' (as its tools are usually run)',
    configures: (manifest, tools) => say`${manifest} configures ${tools}`,
    imageFrom: (image) => say`from ${image}`,
    ports: (ports) => `port ${ports}`,
    builtOn: 'Built on',
  },

  configuration: {
    title: 'Configuration',
    ofModule: 'Keys of the configuration that this code reads by name:',
    key: 'key',
    definedIn: 'defined in',
    moreKeys: (number) => n(number, 'more key'),
  },

  environment: {
    title: 'Environment',
    ofModule: 'Variables of the environment that this code reads by name:',
    ofAll: 'Variables of the environment that the code reads by name:',
    heads: {
      variable: 'variable',
      default: 'default',
      purpose: 'what it is for',
      readAt: 'read at',
      readIn: 'read in',
      by: 'by',
      setIn: 'set in',
    },
    moreVariables: (number) => n(number, 'more variable'),
    variables: (number) => n(number, 'variable'),
    empty: '(empty)',
    onlyTools: 'Read only by tests, scripts and tools',
    unread: 'Set in files beside the code, and read by no code by name',
  },

  routes: { title: 'Routes', heads: ['route', 'answered by', 'framework'] },

  artifacts: {
    families: {
      'packages-and-scripts': [
        'Packages and scripts',
        'The packages of this repository and the commands that their manifests and Makefiles define.',
      ],
      'images-and-services': ['Containers', 'The stages of images and the services that are started together.'],
      'data-and-interfaces': [
        'Schemas and interfaces',
        'Tables of migrations, endpoints of interface descriptions, messages and calls of protocols.',
      ],
    },
    kinds: {
      package: 'package',
      script: 'script',
      target: 'target',
      stage: 'stage',
      service: 'service',
      table: 'table',
      endpoint: 'endpoint',
      message: 'message',
      rpc: 'call',
    },
    heads: { name: 'name', kind: 'kind', what: 'what', leads: 'leads to' },
    moreInFile: (number) => `And ${count(number)} more in this file.`,
    andFiles: (number, files) => say`And ${n(number, 'more file')}: ${files}`,
    after: (names) => say`after ${names}`,
    needs: (names) => say`needs ${names}`,
    runs: (names) => say`runs ${names}`,
    uses: (names) => say`uses ${names}`,
    projects: { library: 'library', settings: 'settings', solution: 'solution', test: 'test' },
  },

  ci: {
    title: 'Continuous integration',
    intro: (jobs, files) =>
      `${n(jobs, 'job')} in ${n(files, 'file')}: when they run, what they wait for, and their commands.`,
    otherFiles: (files) => say`Other files: ${files}.`,
    workflow: (name, when) => say`${name} runs ${when}.`,
    moreJobs: (number) => `And ${n(number, 'more job')}.`,
    triggers: null,
    calls: (workflow) => `calls ${workflow}`,
    on: (runners) => `on ${runners}`,
  },

  symbols: {
    title: 'All symbols',
    intro: (number) => `${n(number, 'public name')} of the code, by name.`,
    part: (letter, number, parts) => `Symbols: ${letter}${parts === 1 ? '' : `, part ${number} of ${parts}`}`,
    signs: 'Signs and digits',
  },

  prose: {
    works: 'How it works',
    steps: 'Step by step',
    pitfalls: 'Pitfalls',
    architecture: 'Architecture',
    concepts: 'Concepts',
    mark: (models) =>
      `Written by ${models}. The names and lines in it exist in the code; what it says was not checked.`,
    titles: (model) => `Some module titles were proposed by ${model}.`,
    broken: 'Broken arrows are the model’s own words; the others are in the code.',
  },

  guide: {
    title: 'Guide',
    intro: 'The documents of the repository itself, in their own order.',
    example: 'Example',
    all: (number) => `All ${n(number, 'document')}`,
    from: (file) => say`From ${file}`,
    cut: (file) => say`The rest is in ${file}`,
    leftOut: (what, files) => say`Not shown, ${what}: ${files}`,
    gaps: {
      translations: 'translations',
      'old versions': 'documents of older versions',
      'too many': 'beyond the limit of this set',
      unreadable: 'took too long to read',
    },
  },

  llms: {
    overview: 'overview',
    fileOf: (module) => `file of ${module}`,
    files: (number) => `${number} ${number === 1 ? 'file' : 'files'}`,
    intro: (commit, hasSources) =>
      `Written from the code of commit ${commit}. Links below are Markdown; over HTTP ask for them with \`Accept: text/markdown\` or \`?format=md\`.${hasSources ? ' Links to `source/` lead to lines of files; ask for them with `Accept: text/plain` or `?format=text`.' : ''}`,
    docs: 'Docs',
    optional: 'Optional',
    all: 'All pages in one file',
    index: 'Every symbol with its file, lines and page',
    graph: 'The graph of files, symbols and references',
    sources: 'The files of the repository in this set: each is at `source/` and its name',
  },
}
