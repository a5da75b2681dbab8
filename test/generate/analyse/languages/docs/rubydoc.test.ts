import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rubydoc } from '#generate/analyse/languages/docs/rubydoc.ts'

test('tags of YARD are parts of their own, with the lines that go on', () => {
  const lines = [
    'Finds +one+.',
    '',
    '@example A name',
    '  find(:a)',
    '@param [String] name the name,',
    '  as {User} has it',
    '@param opts [Hash]',
    '@option opts [Boolean] :deep (false) how',
    '@option [Integer] wait how long',
    '@return [User, nil] what is found',
    '@raise [Lost] never',
    '@since 1.2',
    '@api private',
    'More.',
  ]
  assert.deepEqual(rubydoc(lines.map((line) => `# ${line}`)), {
    text: 'Finds `one`.\n\nMore.',
    details: {
      examples: ['A name:\n\n```ruby\nfind(:a)\n```'],
      parameters: [
        { name: 'name', type: 'String', text: 'the name,\nas `User` has it' },
        { name: 'opts', type: 'Hash', text: '' },
        { name: 'opts[:deep]', type: 'Boolean', text: 'how (default: `false`)' },
        { name: 'wait', type: 'Integer', text: 'how long' },
      ],
      returns: [{ name: '', type: 'User, nil', text: 'what is found' }],
      raises: [{ name: 'Lost', type: '', text: 'never' }],
      since: '1.2',
    },
  })
})

test('a type is one without its brackets, too, and where it is all that is said', () => {
  const details = (lines: readonly string[]): unknown => {
    const doc = rubydoc(lines.map((line) => `# ${line}`))
    assert.equal(doc?.text, '')
    return doc?.details
  }
  assert.deepEqual(
    details(['@param plans Array<Plan> those to fly', '@param name String', '@return Array<Plan> all']),
    {
      parameters: [
        { name: 'plans', type: 'Array<Plan>', text: 'those to fly' },
        { name: 'name', type: 'String', text: '' },
      ],
      returns: [{ name: '', type: 'Array<Plan>', text: 'all' }],
    },
  )
  assert.deepEqual(details(['[String, nil]']), { returns: [{ name: '', type: 'String, nil', text: '' }] })
  assert.deepEqual(details(['Array<Plan>']), { returns: [{ name: '', type: 'Array<Plan>', text: '' }] })
  assert.deepEqual(details(['@return Plans that are due']), {
    returns: [{ name: '', type: '', text: 'Plans that are due' }],
  })
  assert.deepEqual(rubydoc(['# [name] words'])?.text, '- `name`: words')
})

test("sentences of a project's own tags are kept below their names", () => {
  const lines = [
    'Finds one.',
    '',
    '@safety',
    '  It is unsafe: names',
    '  may differ.',
    '',
    '  Twice.',
    '',
    '@author Ann Lee',
  ]
  const code = ['@code', '  It is so:', '', '  [source,ruby]', '  ----', '  # one', '  ----']
  const hidden = [...code, '@!visibility Plans. All of them.', '@one @two Plans. All of them.', '@api private']
  assert.deepEqual(rubydoc([...lines, ...hidden].map((line) => `# ${line}`)), {
    text: 'Finds one.\n\n**Safety:** It is unsafe: names\nmay differ.\n\nTwice.',
    details: {},
  })
})

test('a sentence of a tag that goes on without a margin stays whole', () => {
  const lines = [
    '@abstract What inherits from it holds',
    'the answer.',
    '',
    'Behind it.',
    '@param a one,',
    'and its words',
  ]
  assert.deepEqual(rubydoc(lines.map((line) => `# ${line}`)), {
    text: 'What inherits from it holds\nthe answer.\n\nBehind it.',
    details: { parameters: [{ name: 'a', type: '', text: 'one,\nand its words' }] },
  })
})

test('links of RDoc keep their words, and lists of labels stay lists', () => {
  const lines = [
    'Backed by {Erubi}[rdoc-ref:lib/tilt/erubi.rb] or {the engine}[rdoc-ref:Tilt::Engine#run],',
    'see {Markdown Syntax}[https://example.org/a_(b)] and ruby[https://example.org] or [this][key].',
    '',
    ':mode :: How it is',
    '         read',
    '[name] Its name',
    'file:: Of it',
    'Behind it, in Foo::Bar.',
    '',
    'Example usage::',
    '   read',
  ]
  assert.equal(
    rubydoc(lines.map((line) => `# ${line}`))?.text,
    [
      'Backed by Erubi or [the engine](symbol:Tilt%3A%3AEngine%23run),',
      'see [Markdown Syntax](https://example.org/a_%28b%29) and [ruby](https://example.org) or [this][key].',
      '',
      '- `:mode`: How it is',
      '  read',
      '- `name`: Its name',
      '- `file`: Of it',
      '',
      'Behind it, in Foo::Bar.',
      '',
      'Example usage::',
      '',
      '     read',
    ].join('\n'),
  )
})

test('sections that only lead elsewhere are no text', () => {
  const lines = [
    '= Name',
    'Words.',
    '=== See also',
    '',
    '* {Docs}[https://example.org]',
    '* Tilt::Name',
    '',
    '=== Options',
    'More.',
    '== Related modules',
    '* One',
  ]
  assert.deepEqual(rubydoc(lines.map((line) => `# ${line}`)), {
    text: '### Name\nWords.\n##### Options\nMore.',
    details: { see: ['[Docs](https://example.org)', '[`Tilt::Name`](symbol:Tilt%3A%3AName)', '[`One`](symbol:One)'] },
  })
})

test('interpolation in braces is no link', () => {
  const text = 'Perform interpolation of #{var_name} and `#{User}` as {User} does, #{User name} too'
  assert.equal(rubydoc([`# ${text}`])?.text, text.replace(' {User}', ' `User`'))
})

test('marks of TomDoc are no description, and what it returns is a part of its own', () => {
  const told = (...lines: string[]) => rubydoc(lines.map((line) => `# ${line}`.trimEnd()))
  assert.equal(told('Public'), null)
  assert.deepEqual(told('Public: Plans.', '', 'Returns the plan', '  of today.'), {
    text: 'Plans.',
    details: { returns: [{ name: '', type: '', text: 'the plan\nof today.' }] },
  })
  assert.deepEqual(told('Plans.', '', 'Returns the plan.'), { text: 'Plans.\n\nReturns the plan.', details: {} })
})

test('the first overload documents a method without other words, and others say how else it is called', () => {
  const told = (...lines: string[]) => rubydoc(lines.map((line) => `# ${line}`))
  const overloads = ['@overload plan', '  Gets the plan.', '  @return [Plan] it', '@overload plan=(one)', '  Sets it.']
  assert.deepEqual(told(...overloads), {
    text: 'Gets the plan.\n\n- `plan=(one)`: Sets it.',
    details: { returns: [{ name: '', type: 'Plan', text: 'it' }] },
  })
  const options = ['@overload plan(options = {})', '  Many.', '  @option options [Float] :fuel how much']
  assert.deepEqual(told('Of the day.', ...options, ...overloads.slice(3)), {
    text: 'Of the day.\n\n- `plan(options = {})`: Many.\n\n- `plan=(one)`: Sets it.',
    details: { parameters: [{ name: 'options[:fuel]', type: 'Float', text: 'how much' }] },
  })
})

test('what YARD copies from elsewhere is a reference, and what a block gets is no parameter', () => {
  const lines = [
    'Plans.',
    '@param (see Plan#fly)',
    '@return (see Plan#fly)',
    '@yield [plan] the plan',
    '@yieldparam plan [Plan]',
  ]
  assert.deepEqual(rubydoc(lines.map((line) => `# ${line}`)), {
    text: 'Plans.',
    details: {
      see: ['[`Plan#fly`](symbol:Plan%23fly)'],
      yields: [{ name: 'plan', type: 'Plan', text: 'the plan' }],
    },
  })
  assert.deepEqual(rubydoc(['# (see #fly)']), { text: '', details: { see: ['[`fly`](symbol:%23fly)'] } })
})

test('a list of parameters with types below a heading of RDoc is a table of parameters', () => {
  const read = (text: string): ReturnType<typeof rubydoc> =>
    rubydoc(text.split('\n').map((line) => `# ${line}`.trimEnd()))
  const list =
    '==== Parameters\nklass<Class>:: Class to register\nname<Symbol|String>::\n  Its name,\n  or another\nusage<String>\n'
  assert.deepEqual(read(`Registers.\n\n${list}\n==== Returns\nThe class.`), {
    text: 'Registers.\n\n###### Returns\nThe class.',
    details: {
      parameters: [
        { name: 'klass', type: 'Class', text: 'Class to register' },
        { name: 'name', type: 'Symbol|String', text: 'Its name, or another' },
        { name: 'usage', type: 'String', text: '' },
      ],
    },
  })
  assert.equal(read('==== Parameters\nSee the other method.')?.details.parameters, undefined)
})

test('RDoc: what is hidden or repeats the signature is left out, indented text below a paragraph is code', () => {
  const text = (lines: readonly string[]): string | undefined => rubydoc(lines)?.text
  assert.equal(text(['#--', '# Not for readers.']), undefined)
  assert.equal(
    text(['# Plans a flight.', '#--', '# Not for readers.', '#++', '# It ends.']),
    'Plans a flight.\nIt ends.',
  )
  assert.equal(
    text(['# :call-seq:', '#   task(name)', '#   task(name) { }', '#', '# Declares a task.']),
    'Declares a task.',
  )
  assert.equal(
    text(['# Example:', "#   list = FileList.new('lib/**/*.rb')", '# Goes on.']),
    "Example:\n\n    list = FileList.new('lib/**/*.rb')\nGoes on.",
  )
  assert.equal(text(['# - one', '#   of two']), '- one\n    of two')
  assert.equal(
    text(['# A time, or what acts', '#   numeric (like an interval).']),
    'A time, or what acts\nnumeric (like an interval).',
  )
})
