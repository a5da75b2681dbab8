import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unpackDoc } from '#generate/analyse/doc-comment.ts'
import { parseComment } from '#generate/analyse/typescript/comment.ts'
import { analyseTexts } from './analyse-texts.ts'

test('a doc comment becomes Markdown and its parts', () => {
  const doc = unpackDoc(
    parseComment(`/**
   * Adds a *user*, see {@link Store.add the store} and {@link https://x.org | docs}.
   *
   * - keeps lists
   * @template T what it holds
   * @param {string} name - The name,
   *   on two lines.
   * @param [options={}] Options.
   * @returns {Promise<{a: number}>} When it is done.
   * @throws {Taken} The name is taken.
   * @example
   * // call it
   * @decorated
   * @deprecated Use {@link other}.
   */`).doc,
  )
  assert.deepEqual(doc, {
    doc: 'Adds a *user*, see [the store](symbol:Store.add) and [docs](https://x.org).\n\n- keeps lists',
    details: {
      typeParameters: [{ name: 'T', type: '', text: 'what it holds' }],
      parameters: [
        { name: 'name', type: 'string', text: 'The name,\n  on two lines.' },
        { name: 'options', type: '', text: 'Options. (default: `{}`)' },
      ],
      returns: [{ name: '', type: 'Promise<{a: number}>', text: 'When it is done.' }],
      raises: [{ name: 'Taken', type: '', text: 'The name is taken.' }],
      examples: ['```ts\n// call it\n```'],
      deprecated: 'Use `other`.',
    },
  })
})

test('a short comment with a blank line below is the heading of a part of the file', async () => {
  const { components } = await analyseTexts({
    'a.ts':
      '/** Map / Set plugin */\n\nexport interface State {}\n\n/** Map of orbits */\nexport interface Orbits {}\n',
  })
  assert.deepEqual(
    components.map(({ name, doc }) => [name, doc]),
    [
      ['Orbits', 'Map of orbits'],
      ['State', null],
    ],
  )
})

test('what a comment refers to is a link and no type', () => {
  const { doc } = parseComment(
    '/** Text.\n * @see {@link https://x.org/a#b}\n * @see {@link Store.add}\n * @returns {@link Store} as it is\n */',
  )
  const returns = [{ name: '', type: '', text: '`Store` as it is' }]
  assert.deepEqual(unpackDoc(doc), { doc: 'Text.', details: { see: ['<https://x.org/a#b>', '`Store.add`'], returns } })
})

test('a summary that the description begins with is told once', () => {
  const lines =
    ' * @summary Plans a flight.\n *\n * @description\n * Plans a flight, in order of time.\n * Not to the moon.'
  const { doc } = parseComment(`/**\n${lines}\n */`)
  assert.deepEqual(unpackDoc(doc), { doc: 'Plans a flight, in order of time.\nNot to the moon.' })
})

test('an at sign inside a fence is no tag', () => {
  const { doc, tags } = parseComment(
    '/**\n * Text\n * @example\n * ```ts\n * @Injectable()\n * class A {}\n * ```\n */',
  )
  assert.deepEqual(unpackDoc(doc), { doc: 'Text', details: { examples: ['```ts\n@Injectable()\nclass A {}\n```'] } })
  assert.deepEqual([...tags], ['', 'example'])
})

test('code fences and code spans of three backticks are told apart', () => {
  const details = { parameters: [{ name: 'a', type: '', text: 'The a.' }] }
  const read = (lines: string): unknown => unpackDoc(parseComment(`/**\n${lines}\n */`).doc)
  const tag = ' * @param a - The a.'
  assert.deepEqual(read(` * \`\`\`foo()\`\`\` is short.\n${tag}`), { doc: '```foo()``` is short.', details })
  const examples = ['```foo()```']
  assert.deepEqual(read(` * @example \`\`\`foo()\`\`\`\n${tag}`), { doc: null, details: { ...details, examples } })
  const inside = 'x ````'
  assert.deepEqual(read(` * @example ${inside}\n${tag}`), {
    doc: null,
    details: { ...details, examples: [`\`\`\`ts\n${inside}\n\`\`\``] },
  })
  const fence = '````md\n```js\n@foo\n{@link Foo}\n```\n````'
  assert.deepEqual(read(`${fence.replaceAll(/^/gm, ' * ')}\n${tag}`), { doc: fence, details })
  assert.deepEqual(read(' * ~~~\n * ```\n * ~~~\n * {@link Foo}'), { doc: '~~~\n```\n~~~\n`Foo`' })
})

test('captions before links, lists of type parameters, references in braces and tags at the end of a tag are read', () => {
  const { doc, tags } = parseComment(
    '/** See [the caption]{@link Foo}.\n * @template {object} T, U The types.\n * @see {Foo}\n * @deprecated Use x. @internal\n */',
  )
  assert.deepEqual(unpackDoc(doc), {
    doc: 'See [the caption](symbol:Foo).',
    details: {
      typeParameters: [
        { name: 'T', type: 'object', text: 'The types.' },
        { name: 'U', type: '', text: 'The types.' },
      ],
      see: ['`Foo`'],
      deprecated: 'Use x.',
    },
  })
  assert.ok(tags.has('internal'))
})

test('a comment with the name of a tag in its prose describes the code below it', async () => {
  const { components } = await analyseTexts({
    'a.ts':
      '/** Resolves @import statements. */\nexport function f() {}\n/** @typedef {string} A */\nexport function g() {}\n',
  })
  assert.deepEqual(
    components.map(({ doc }) => doc),
    ['Resolves @import statements.', null],
  )
})

test('comments that are long, unbalanced or only marks end soon', () => {
  const started = performance.now()
  for (const text of [
    '*'.repeat(200_000),
    '{@link '.repeat(30_000),
    ' '.repeat(200_000),
    `@param {${'{'.repeat(100_000)}`,
  ]) {
    parseComment(`/**${text}*/`)
    parseComment(`/**\n * ${text}\n`)
  }
  assert.equal(parseComment('/** */').doc, null)
  assert.equal(parseComment('/***/').doc, null)
  assert.ok(performance.now() - started < 2_000)
})

test('a file has the doc of its first comment that is neither a licence nor a statement own', async () => {
  const { fileDocs, components } = await analyseTexts({
    'licence.ts':
      '/* Copyright me, MIT Licensed */\n\n/**\n * All about routes.\n * @module routes\n */\n\nimport x from "x"\n',
    'module.ts': '/**\n * @module\n * Basic Auth.\n */\n\n/** Doc of a. */\nexport const a = 1\n',
    'own.ts': '/** Doc of b. */\nexport const b = 1\n',
    'lines.ts': '#!/usr/bin/env node\n// Reads the configuration\n// and prints it.\n\nimport x from "x"\n',
    'tool.ts': '// eslint-disable-next-line everything\n\nimport x from "x"\n',
    'assigned.js': '/** Doc of go. */\nexports.go = function () {}\n',
    'whole.js': '/** Plans burns. */\nmodule.exports = function () {}\n',
    '__proto__.ts': '/** @file A file with a name. */\nimport x from "x"\n',
  })
  assert.deepEqual(Object.entries(fileDocs), [
    ['__proto__.ts', 'A file with a name.'],
    ['licence.ts', 'All about routes.'],
    ['lines.ts', 'Reads the configuration\nand prints it.'],
    ['module.ts', 'Basic Auth.'],
    ['whole.js', 'Plans burns.'],
  ])
  assert.deepEqual(
    components.flatMap(({ id, doc }) => (id.startsWith('whole') ? [] : [[id, doc]])),
    [
      ['assigned.js#go', 'Doc of go.'],
      ['module.ts#a', 'Doc of a.'],
      ['own.ts#b', 'Doc of b.'],
    ],
  )
})

test('a plain comment directly above what is exported is its remark, unless it is for a tool, a licence, code or a heading', async () => {
  const remarks = {
    '/*\n    Has no router.\n    Inherit to give one.\n  */': 'Has no router.\nInherit to give one.',
    '// Counts all\n  // that is asked.': 'Counts all\nthat is asked.',
    '// The first part\n\n  // Takes what comes.': 'Takes what comes.',
    '/** Said in full. */\n  // and more of it': 'Said in full.',
    '// What follows is old\n': null,
    '// eslint-disable-next-line no-empty rules': null,
    '// Plans each burn.\n// eslint-disable-next-line no-empty': 'Plans each burn.',
    '// Prettier plans of burns.': 'Prettier plans of burns.',
    '// @ts-expect-error for now': null,
    '/* istanbul ignore next because why */': null,
    '// biome-ignore lint/suspicious: for a reason': null,
    '// const value = old(this)': null,
    '// this.value = other': null,
    '// ---- Parts of it ----': null,
    '/* Copyright 2020 by somebody */': null,
    '// one': null,
  }
  const lines = Object.keys(remarks).map((comment, index) => `  ${comment}\n  field${index}!: string\n`)
  const text = `export class Parts {\n${lines.join('')}  // Nobody outside sees it.\n  private hidden = 1\n}\n`
  const { components } = await analyseTexts({ 'src/parts.ts': text })
  const docOf = (name: string): string | null | undefined => components.find((one) => one.name === name)?.doc
  for (const [index, [comment, remark]] of Object.entries(remarks).entries())
    assert.equal(docOf(`field${index}`), remark, comment)
  assert.equal(docOf('hidden'), null)
})

test('how far something may be relied on is told, and no tag at the end of a line is text', () => {
  const docOf = (comment: string): string | null => unpackDoc(parseComment(comment).doc).doc
  assert.equal(docOf('/** Adds. @beta */'), 'Adds.\n\n**Beta**.')
  assert.equal(docOf('/** @experimental May change. */'), '**Experimental**: May change.')
  assert.equal(docOf('/** Write to a@internal or use `@internal` */'), 'Write to a@internal or use `@internal`')
  assert.ok(parseComment('/** Adds. @internal */').tags.has('internal'))
  assert.ok(parseComment('/**\n * Adds.\n *\n * @api private\n */').tags.has('private'))
  assert.ok(!parseComment('/**\n * Adds.\n * @api public\n */').tags.has('private'))
})

test('a type may follow the name; a result that says nothing is none', () => {
  const { doc } = parseComment('/**\n * Sends.\n * @param key {!string} - The key.\n * @returns {mixed} TODO: say\n */')
  assert.deepEqual(unpackDoc(doc).details, { parameters: [{ name: 'key', type: 'string', text: 'The key.' }] })
})

test('a parameter in brackets is optional, and a type without a name has none', () => {
  const { doc } = parseComment(
    '/**\n * Sends.\n * @param {key|object} - The key.\n * @param {Function} [cb] Callback\n * @param {string} [name]\n */',
  )
  assert.deepEqual(unpackDoc(doc).details?.parameters, [
    { name: '', type: 'key|object', text: 'The key.' },
    { name: 'cb', type: 'Function', text: 'Callback (optional)' },
    { name: 'name', type: 'string', text: '' },
  ])
})

test('the default of a property of a parameter may hold brackets', () => {
  const { details } = unpackDoc(
    parseComment(
      "/**\n * @param {string[]} [options.methods=['GET', 'PUT']] - The methods\n * @param [at=[1]] Where.\n * @param {string} code='Q' Either. */",
    ).doc,
  )
  assert.deepEqual(details?.parameters, [
    { name: 'options.methods', type: 'string[]', text: "The methods. Default: `['GET', 'PUT']`." },
    { name: 'at', type: '', text: 'Where. (default: `[1]`)' },
    { name: 'code', type: 'string', text: "Either. (default: `'Q'`)" },
  ])
})

test('what is said behind @internal is kept', () => {
  assert.equal(
    unpackDoc(parseComment('/**\n * Plans.\n *\n * @internal Use fly instead.\n */').doc).doc,
    'Plans.\n\nUse fly instead.',
  )
})

test('a comment that a body begins with is no doc, and lines on one thing each are a list', async () => {
  const { components } = await analyseTexts({
    'a.js': `module.exports = function sort (dir, names) {
  // takes the names of a folder
  // and gives folders first
  let pending = names.length
  return pending
}
`,
    'b.js': `// gives the size of it in words
// human: whether people read it
// si: whether 1k is 1000
// after the rules of others
exports.size = (human, si) => human
exports.plan = function () {
  // counts them once
  let count = 0
  return count
}
`,
  })
  const docs = components.map(({ name, doc }) => [name, doc])
  assert.deepEqual(docs, [
    ['sort', null],
    ['plan', null],
    [
      'size',
      'gives the size of it in words\n\n- human: whether people read it\n- si: whether 1k is 1000\n\nafter the rules of others',
    ],
  ])
})

test('a comment on the file is not that of its first declaration', async () => {
  const { components } = await analyseTexts({
    'a.ts': '/** @file Types of plans. */\n\nexport type Plan = string\n',
    'b.ts':
      "import './a'\n/**\n * This file plans.\n */\n\n// ---\n\nexport function plan(): void {}\n/**\n * Reads it.\n * This file is deleted.\n */\nexport function read(): void {}\n",
  })
  assert.deepEqual(
    components.map(({ name, doc }) => [name, doc]),
    [
      ['Plan', null],
      ['plan', null],
      ['read', 'Reads it.\nThis file is deleted.'],
    ],
  )
})

test('a comment without words goes on with the one before it, unless that is of something else', async () => {
  const { components } = await analyseTexts({
    'a.d.ts':
      "import './b.js'\n/**\n * Reads a key.\n *\n * @param key - Its name.\n */\n\n/**\n * @deprecated Use `read`.\n */\n" +
      'export function get(key: string): string\n/** Keys. */\n\n/** @deprecated Gone. */\nexport const keys: string[]\n',
  })
  const [get, keys] = components
  assert.equal(get?.doc, 'Reads a key.')
  assert.equal(get?.details?.deprecated, 'Use `read`.')
  assert.deepEqual(get?.details?.parameters, [{ name: 'key', type: '', text: 'Its name.' }])
  assert.deepEqual([keys?.doc, keys?.details?.deprecated], [null, 'Gone.'])
})

test('a short plain comment above several methods is their title, not the description of the first', async () => {
  const { components } = await analyseTexts({
    'a.ts':
      'export class Plan {\n  // Output formatters\n  json(): void {}\n\n  text(): void {}\n\n  // Visible parts\n  parts(): void {}\n\n  // Gets lines\n  lines(): void {}\n}\n',
  })
  const docs = Object.fromEntries(components.map(({ name, doc }) => [name, doc]))
  assert.deepEqual([docs.json, docs.parts, docs.lines], [null, 'Visible parts', 'Gets lines'])
})

test('a plain comment above several values is not about the first, unless it names that', async () => {
  const { components } = await analyseTexts({
    'a.ts': `// English locales
export const ms = 'millisecond'
export const sec = 'second'
export const min = 'minute'

// Seconds of a minute
export const ofMinute = 60
export const ofHour = 3600
export const ofDay = 86400

// Which bodies are known
export const bodies = []
export const moons = []

// Plans a flight
export const fly = () => 1
export const land = () => 2
export const wait = () => 3
`,
  })
  const docs = Object.fromEntries(components.map(({ name, doc }) => [name, doc]))
  assert.equal(docs.ms, null)
  assert.deepEqual(
    [docs.ofMinute, docs.bodies, docs.fly],
    ['Seconds of a minute', 'Which bodies are known', 'Plans a flight'],
  )
})

test('lines that are indented below the word Examples are code', () => {
  const { doc } = unpackDoc(
    parseComment(
      "/**\n * Sets a field.\n *\n * Examples:\n *\n *    this.set('a', 'b');\n *    this.set({\n *      a: 'b'\n *    });\n *\n * More words.\n * @api public\n */",
    ).doc,
  )
  assert.equal(
    doc,
    "Sets a field.\n\nExamples:\n\n    this.set('a', 'b');\n    this.set({\n      a: 'b'\n    });\n\nMore words.",
  )
})

test('the parameters of a constructor are those of its class, its words only where the class has none', async () => {
  const { components } = await analyseTexts({
    'a.ts':
      '/** Plans flights. */\nexport class Plan {\n  /**\n   * Opens the plan.\n   * @param size - How many.\n   * @throws {Late} Too late.\n   */\n  constructor(size: number) {}\n}\n' +
      'export class Sheet {\n  /** Creates a sheet.\n   * @param name - Its name.\n   */\n  constructor(name: string) {}\n}\n' +
      'export class Book {\n  /** Opens a book for reading. */\n  constructor() {}\n}\n' +
      'export class Page {\n  /** Paper `Page` abstract constructor. */\n  constructor() {}\n}\n',
  })
  const shown = components.map(({ name, doc, details }) => [name, doc, details?.parameters?.map(({ text }) => text)])
  assert.deepEqual(shown, [
    ['Book', 'Opens a book for reading.', undefined],
    ['Page', null, undefined],
    ['Plan', 'Plans flights.', ['How many.']],
    ['Sheet', null, ['Its name.']],
  ])
})

test('a tag hides a definition, and a line comment in a file with doc comments is a remark', async () => {
  const { components } = await analyseTexts({
    'a.ts':
      '/** Plans. */\nexport function plan() {}\n// Sorted by the caller.\nexport function burn() {}\n/** @internal */\nexport function inner() {}\n',
    'b.ts': '// Turns to the left.\nexport function turn() {}\n',
  })
  const of = (key: 'hidden' | 'hasRemark'): string[] => components.flatMap((one) => (one[key] === true ? one.name : []))
  assert.deepEqual(of('hidden'), ['inner'])
  assert.deepEqual(of('hasRemark'), ['burn'])
})

test('a method that its comment calls abstract is abstract in its signature', async () => {
  const analysis = await analyseTexts({
    'a.js':
      'export class Cursor {\n  /**\n   * Moves to the next token.\n   * @abstract\n   */\n  moveNext() { throw new Error() }\n  /** Stops. */\n  stop() {}\n}\n',
  })
  const signatures = analysis.components.map(({ signature }) => signature)
  assert.deepEqual(signatures.slice(1), ['abstract moveNext()', 'stop()'])
})
