import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SourceFile } from '#generate/model.ts'
import { environmentSettings } from '#generate/pages/environment/environment-files.ts'
import { environmentWords } from '#generate/pages/environment/environment-words.ts'
import { plainText } from '#markdown/build.ts'
import { component, document, file, read, sample } from './sample.ts'

test('examples of .env files and services of compose files set variables', () => {
  const names = (one: SourceFile): string[] => environmentSettings(one).map(({ name, line }) => `${name}@${line}`)
  assert.deepEqual(names(file('.env.example', '# words\nA=1\nexport B=2\n# C=3\nA=4\nlower=5')), ['A@2', 'B@3'])
  assert.deepEqual(names(file('.env.ts', 'A=1')), [])
  const compose =
    'services:\n  web:\n    environment:\n      - A=1\n      - B\n    ports: [1]\n  db:\n    environment:\n      C: 2\n  X: 1\n'
  for (const text of [compose, compose.replaceAll('\n', '\r\n')])
    assert.deepEqual(names(file('deploy/docker-compose.prod.yml', text)), ['A@4', 'B@5', 'C@9'])
  const others =
    'x-all: &all\n  A: 1\nservices:\n  web:\n    environment: { B: 2, C: 3 }\n  db:\n    environment:\n      <<: *all\n    command: |\n      environment:\n        D: 4\n'
  assert.deepEqual(names(file('compose.yml', others)), ['A@2', 'B@5', 'C@5'])
})

test('the page of a module and the overview say which variables are read, where, and what sets them', () => {
  const app = file('src/web/app.ts', '\nexport function start() { return process.env.PORT ?? 80 }\n')
  const quiet = file('src/core/run.ts', 'export function run() {}\n')
  const inTest = file('test/app.test.ts', 'process.env.ONLY_IN_TEST\n')
  const example = file('.env.example', '# The port to listen on.\nPORT=8080\n\nUNREAD=1\n', {
    language: 'dotenv',
    role: 'config',
  })
  const tool = file('scripts/build.ts', 'process.env.ONLY_IN_TOOL\n')
  const release = file('ci/release.bash', 'echo $ONLY_IN_RELEASE\n', { language: 'bash' })
  const wrapper = file('mill', 'echo $ONLY_IN_WRAPPER\n', { language: 'bash' })
  const build = file('Rakefile', 'task :x do\n  ENV["ONLY_IN_BUILD"]\nend\n', { language: 'ruby' })
  const start = component(app, 'start')
  const inCode = file(
    'src/web/fast.c',
    '#ifdef FAST_TEST\nint main(void) {\n  getenv("ONLY_IN_TEST_BUILD");\n}\n#endif\n',
    {
      language: 'c',
    },
  )
  const sbt = file('project/plugins.sbt', 'ONLY_IN_SBT', { language: 'scala' })
  const tests = component(inCode, 'main', { startLine: 2, endLine: 4 })
  const reads = [
    { ...read(inCode, 'ONLY_IN_TEST_BUILD'), line: 3 },
    read(tool, 'ONLY_IN_TOOL'),
    read(wrapper, 'ONLY_IN_WRAPPER'),
    read(release, 'ONLY_IN_RELEASE'),
    read(build, 'ONLY_IN_BUILD'),
    read(app, 'npm_package_version'),
    read(app, 'UNTOLD'),
    read(app, 'PORT', { default: '80', reader: start.id }),
    read(sbt, 'ONLY_IN_SBT'),
    read(inTest, 'ONLY_IN_TEST'),
  ]
  const components = [start, tests, component(quiet, 'run')]
  const input = sample(
    [app, quiet, inCode, inTest, tool, wrapper, release, build, sbt, example],
    components,
    [],
    {},
    { reads },
  )
  const { markdown, verification } = document(input)
  assert.equal(verification.fault_count, 0)
  const pages = [...markdown].filter(([, text]) => text.includes('## Environment'))
  const overview = markdown.get('overview.md') ?? ''
  assert.match(
    overview,
    /^\| `PORT` \| `80` \| The port to listen on\. \| \[`src\/web\/app\.ts`\]\([^)]+\) \| \[`\.env\.example`\]\([^)]+#L2\) \|$/m,
  )
  assert.doesNotMatch(overview, /ONLY_IN_|npm_|UNTOLD/)
  assert.doesNotMatch(overview, /UNREAD/)
  const module = pages.find(([page]) => page !== 'overview.md')?.[1] ?? ''
  assert.match(
    module,
    /^\| `PORT` \| `80` \| The port to listen on\. \| \[(?:src\/)?(?:web\/)?app\.ts, line 2\]\([^)]+#L2\) \| /m,
  )
  assert.doesNotMatch([...markdown.values()].join(), /ONLY_IN_(?:TEST|RELEASE)/)
  assert.doesNotMatch(overview, /ONLY_IN_TOOL/)
})

test('a long hostile file that may set variables takes no long time', () => {
  for (const part of ['environment:\n', 'A=', '- ', ' environment:\n  A: 1\n']) {
    const text = part.repeat(100_000 / part.length)
    for (const path of ['.env.example', 'docker-compose.yml']) {
      const start = process.cpuUsage().user
      environmentSettings(file(path, text))
      assert.ok(process.cpuUsage().user - start < 1_000_000, `${path} ${part}`)
    }
  }
})

test('names of which nothing is known are not told', () => {
  const names = ['ORBIT_MODE', 'ORBIT_SPEED', 'EDITOR']
  const code = file(
    'src/app.ts',
    `export function run() {}\n${names.map((name) => `use(process.env.${name})\n`).join('')}`,
  )
  const reads = names.map((name, at) => read(code, name, { line: at + 2, written: name }))
  const { markdown } = document(sample([code], [component(code, 'run')], [], {}, { reads }))
  assert.doesNotMatch(markdown.get('src.md') ?? '', /## Environment/)
  assert.doesNotMatch(markdown.get('overview.md') ?? '', /ORBIT_/)
})

test('every variable that is described has a row on the overview, from the 17th on in a fold', () => {
  const names = Array.from({ length: 40 }, (_, index) => `ORBIT_${index}`)
  const code = file(
    'src/app.ts',
    `export function run() {}\n${names.map((name) => `process.env.${name} || "last";\n`).join('')}`,
  )
  const reads = names.map((name) => read(code, name, { default: name === 'ORBIT_39' ? 'last' : null }))
  const set = names.map((name) => `# How far the burn may go.\n${name}=\n`).join('')
  const example = file('.env.example', set, { language: 'dotenv', role: 'config' })
  const { markdown, verification } = document(sample([code, example], [component(code, 'run')], [], {}, { reads }))
  const overview = markdown.get('overview.md') ?? ''
  for (const name of names) assert.match(overview, new RegExp(`^\\| \`${name}\` \\|`, 'm'))
  assert.match(overview, /^\| `ORBIT_39` \| `last` \|/m)
  assert.match(overview, /24 more variables/)
  assert.deepEqual(verification.faults, [])
})

test('what a variable is for is said by examples, tables, lists and headings, and facts of it are no such words', () => {
  const wanted = new Set([
    'ORBIT_PORT',
    'ORBIT_HOST',
    'ORBIT_MODE',
    'ORBIT_BODY',
    'ORBIT_SEED',
    'ORBIT_NONE',
    '_ORBIT_DIR',
    'ORBIT_BARE',
  ])
  const words = environmentWords(
    [
      file(
        '.env.example',
        '# Where it\n# listens. Leave it empty for all.\nORBIT_HOST=\n\n# Stores of caches.\nORBIT_NONE=1\nQUEUE=a\n\n# Which proxies are trusted.\n# Uncomment the line below.\n# ORBIT_BARE=*\n',
      ),
      file(
        'docs/settings.md',
        [
          '| name | default | what |',
          '| `ORBIT_PORT` | 80 | The port that it listens on |',
          '- `ORBIT_MODE`: whether it plans or only looks',
          '- `ORBIT_NONE`: `1`',
          '### `ORBIT_BODY`',
          'Valid values: earth, moon',
          '',
          'The planet that is circled. Others follow.',
          'The `ORBIT_SEED` is said in passing.',
          '- `_ORBIT_DIR`',
          '  - Where the [plans][1] of all',
          '    bodies are kept. Not more.',
          '- `ORBIT_BARE`',
          '- Something else entirely.',
        ].join('\n'),
        { language: 'markdown', role: 'docs' },
      ),
    ],
    wanted,
  )
  assert.deepEqual(
    [...words].map(([name, { sentence }]) => `${name} ${plainText({ type: 'paragraph', children: sentence })}`),
    [
      'ORBIT_HOST Where it listens. Leave it empty for all.',
      'ORBIT_PORT The port that it listens on.',
      'ORBIT_MODE whether it plans or only looks.',
      'ORBIT_BODY The planet that is circled.',
      '_ORBIT_DIR Where the plans of all bodies are kept.',
    ],
  )
})

test('what is set and explained and the project’s own comes before what systems set, and what every process has is not told', () => {
  const names = ['HOME', 'ORBIT_A', 'ORBIT_B', 'ORBIT_C', 'OTHER']
  const code = file('src/app.ts', `export function run() {}\n${names.map((name) => `process.env.${name};\n`).join('')}`)
  const example = file('.env.example', '# What everybody needs\nORBIT_C=\n', { language: 'dotenv', role: 'config' })
  const reads = names.map((name) => read(code, name))
  const { markdown } = document(sample([code, example], [component(code, 'run')], [], {}, { reads }))
  const rowsOf = (page: string): string[] | undefined =>
    (markdown.get(page) ?? '').match(/^\| `[A-Z_]+` \|/gm)?.map((row) => row.slice(3, -3))
  assert.deepEqual(rowsOf('overview.md'), ['ORBIT_C'])
  assert.deepEqual(rowsOf('src.md'), ['ORBIT_C'])
  assert.doesNotMatch(markdown.get('overview.md') ?? '', /more variable/)
})

test('what is read for builds of documents, tests or to find out where a program runs is not told, nor a name of which nothing is said', () => {
  const lines = [
    ...['SPHINX_BUILD', 'PSHOME', 'PYTEST_CURRENT_TEST', 'TERM_PROGRAM', 'CI'].map((name) => `os.getenv("${name}")`),
    '# Prints every step.',
    'a = os.getenv("ORBIT_BARE")',
  ]
  const code = file('orbit/app.py', `${lines.join('\n')}\n`, { language: 'python' })
  const reads = lines.flatMap((text, index) => {
    const [, name] = /"(\w+)"/.exec(text) ?? []
    return name === undefined ? [] : [read(code, name, { line: index + 1, written: name })]
  })
  const { markdown } = document(sample([code], [], [], {}, { reads }))
  assert.doesNotMatch(markdown.get('overview.md') ?? '', /ORBIT_BARE/)
  assert.doesNotMatch([...markdown.values()].join(), /`(?:SPHINX_BUILD|PSHOME|PYTEST_\w+|TERM_PROGRAM|CI)`/)
})

test('a long hostile document takes no long time to be asked for variables', () => {
  for (const part of ['A_', '| A ', '`A_B`: ', '# A_B\n', '- A_B (', 'A_B=\n']) {
    const begin = process.cpuUsage().user
    environmentWords(
      [file('docs/a.md', part.repeat(300_000 / part.length), { language: 'markdown', role: 'docs' })],
      new Set(['A_B']),
    )
    assert.ok(process.cpuUsage().user - begin < 1_500_000, part)
  }
})

test('an example below the name of a variable does not describe it', () => {
  const text =
    '## `ORBIT_A`\n\nValid values: planets\n\n`ORBIT_A` disables the drive for some planets\n\n```bash\nexport ORBIT_B=http://example.org\nexport ORBIT_A=earth\n\n# And so on.\nrun the orbit now\n```\n\n## `ORBIT_C`\n\nIf this is set it flies.\n'
  const said = environmentWords([file('docs/a.md', text)], new Set(['ORBIT_A', 'ORBIT_C']))
  const ofTemplates = file('docs/a.md', `${text}\n    echo {{.ORBIT_A}}\n`)
  assert.equal(environmentWords([ofTemplates], new Set(['ORBIT_A'])).size, 0)
  assert.deepEqual(
    [...said].map(([, { sentence }]) => plainText({ type: 'paragraph', children: sentence })),
    ['If this is set it flies.', 'ORBIT_A disables the drive for some planets.'],
  )
})

test('bars in cells, fences of tildes and in lists, and number signs in values are understood', () => {
  const table =
    '| name | default | what |\n|-|-|-|\n| `ORBIT_LEVEL` | `info` | The level, one of `debug\\|info\\|warn` or a number |\n'
  const tildes =
    '## `ORBIT_NAME`\n\n~~~sh\ndocker run starts the server with the given name.\n```\n~~~\n\nThe name of the server.\n'
  const list = '- ```sh\n  run\n  ```\n\n## `ORBIT_LIST`\n\nThe list of all servers.\n'
  const rst =
    '``ORBIT_RST``\n  The root of all servers.\n\nTitle\n~~~~~\n\n- ``ORBIT_MORE``\n\n  The rest of all servers.\n'
  const example =
    'ORBIT_TITLE="Hello # the world of apps is here" # The title of each page.\n\n# Where it runs now.\nORBIT_PLACE=\'a # the second word\'\n\n# Mail system\n# Can be a or b\nMAIL_KIND=a\n\n# Sender of all mail\nMAIL_NAME=a\nMAIL_FROM=b\n'
  const words = environmentWords(
    [
      file('.env.example', example),
      ...[table, tildes, list].map((text, at) => file(`docs/${at}.md`, text)),
      file('docs/a.rst', rst),
    ],
    new Set([
      ...['LEVEL', 'NAME', 'LIST', 'TITLE', 'PLACE', 'MORE'].map((name) => `ORBIT_${name}`),
      ...['KIND', 'NAME', 'FROM'].map((name) => `MAIL_${name}`),
    ]),
  )
  assert.deepEqual(
    new Map(
      [...words].map(([name, one]) => [name, [plainText({ type: 'paragraph', children: one.sentence }), one.default]]),
    ),
    new Map([
      ['ORBIT_TITLE', ['The title of each page.', undefined]],
      ['ORBIT_PLACE', ['Where it runs now.', undefined]],
      ['MAIL_KIND', ['Mail system: Can be a or b.', undefined]],
      ['ORBIT_LEVEL', ['The level, one of debug|info|warn or a number.', 'info']],
      ['ORBIT_NAME', ['The name of the server.', undefined]],
      ['ORBIT_LIST', ['The list of all servers.', undefined]],
      ['ORBIT_MORE', ['The rest of all servers.', undefined]],
    ]),
  )
})

test('items of an indented list are told each for itself', () => {
  const text = '# a\n\n * `ORBIT_A`: What is first of all\n * `ORBIT_B`: What is second of all\n'
  const said = environmentWords([file('README.md', text)], new Set(['ORBIT_A', 'ORBIT_B']))
  assert.deepEqual(
    [...said].map(([name, { sentence }]) => `${name} ${plainText({ type: 'paragraph', children: sentence })}`),
    ['ORBIT_A What is first of all.', 'ORBIT_B What is second of all.'],
  )
})

test('what documents say of a variable is read from lists within lists, wrapped lines, directives and sentences, with its default', () => {
  const said = environmentWords(
    [
      file('docs/a.md', '- `ORBIT_HOME`: needed for this page\n', { language: 'markdown', role: 'docs' }),
      file(
        'docs/settings.rst',
        [
          '.. list-table::',
          '',
          '    - - Variable',
          '      - Meaning and default',
          '    - - ``ORBIT_HOME``',
          '      - Root of all plans, the',
          '        failed ones included. Default: ``~/.orbit``.',
          '    - - ``ORBIT_TOOL``',
          '      - Backend of new plans. Default: ``uv`` when there is one, else ``pip``.',
          '',
          '.. envvar:: ORBIT_RATE',
          '',
          '   How often :ref:`the planner <planner>` looks, from :file:`~/.orbit` or :envvar:`ORBIT_HOME`.',
        ].join('\n'),
        { language: 'restructuredtext', role: 'docs' },
      ),
      file(
        'docs/settings.md',
        [
          '| name | default | what |',
          '| - | - | - |',
          '| `ORBIT_PORT` | `80` | The port that it listens on |',
          '',
          '## `ORBIT_CERT`',
          '',
          'If this variable is set then Orbit will load',
          'CA certificates from the file.',
          '',
          '- `$ORBIT_NAME` is the name of the plan (default: `moon`)',
          '',
          'If `ORBIT_QUIET` is set, nothing is printed',
          'at all.',
          '',
          '`ORBIT_NEAR`, `ORBIT_FAR` and `ORBIT_OTHER` set the nearest',
          'body',
          'and the',
          'farthest',
          'one',
          'of a plan.',
        ].join('\n'),
        { language: 'markdown', role: 'docs' },
      ),
    ],
    new Set(['HOME', 'TOOL', 'RATE', 'PORT', 'CERT', 'NAME', 'QUIET', 'NEAR', 'FAR'].map((name) => `ORBIT_${name}`)),
  )
  assert.deepEqual(
    [...said].map(([name, words]) => [
      name,
      plainText({ type: 'paragraph', children: words.sentence }),
      words.default ?? '',
    ]),
    [
      ['ORBIT_HOME', 'Root of all plans, the failed ones included.', '~/.orbit'],
      ['ORBIT_TOOL', 'Backend of new plans.', ''],
      ['ORBIT_RATE', 'How often the planner looks, from ~/.orbit or ORBIT_HOME.', ''],
      ['ORBIT_PORT', 'The port that it listens on.', '80'],
      ['ORBIT_CERT', 'If this variable is set then Orbit will load CA certificates from the file.', ''],
      ['ORBIT_NAME', 'ORBIT_NAME is the name of the plan (default: moon).', 'moon'],
      ['ORBIT_QUIET', 'If ORBIT_QUIET is set, nothing is printed at all.', ''],
      ...['ORBIT_NEAR', 'ORBIT_FAR'].map((name) => [
        name,
        'ORBIT_NEAR, ORBIT_FAR and ORBIT_OTHER set the nearest body and the farthest one of a plan.',
        '',
      ]),
    ],
  )
})

test('a later line below a variable says its default, and pages of the manual describe variables', () => {
  const manual = [
    '.Sh ENVIRONMENT',
    '\\fBORBIT_OPTS:\\fR flags that are added to',
    '.Nm',
    '.Bd -literal',
    '    export ORBIT_OPTS="e"',
    '.Ed',
    '.TP',
    '.B ORBIT_RATE',
    'How often it looks at the moon.',
    '.It Ev ORBIT_EDITOR',
    'If it contains the string',
    '.Ql vi',
    'and',
    '.Ev ORBIT_RATE',
    'is unset, see',
    '.Xr orbit.conf 5 .',
  ].join('\n')
  const list =
    '- `ORBIT_AGE`\n  - Limits the number of plans.\n  - By default, this is set to 10000.\n- `ORBIT_NAME`\n  - The name of the plan.\n  - By default, it sleeps.\n'
  const said = environmentWords(
    [
      file('README.md', list, { language: 'markdown', role: 'docs' }),
      file('orbit.1', manual, { language: 'roff', role: 'docs' }),
    ],
    new Set(['ORBIT_AGE', 'ORBIT_EDITOR', 'ORBIT_NAME', 'ORBIT_OPTS', 'ORBIT_RATE']),
  )
  assert.deepEqual(
    [...said].map(([name, words]) => [name, plainText({ type: 'paragraph', children: words.sentence }), words.default]),
    [
      ['ORBIT_OPTS', 'flags that are added to orbit.', undefined],
      ['ORBIT_RATE', 'How often it looks at the moon.', undefined],
      ['ORBIT_EDITOR', 'If it contains the string vi and ORBIT_RATE is unset, see orbit.conf(5).', undefined],
      ['ORBIT_AGE', 'Limits the number of plans.', '10000'],
      ['ORBIT_NAME', 'The name of the plan.', undefined],
    ],
  )
})

test('what follows the last variable of a section of the manual does not describe it', () => {
  const manual =
    '.SH ENVIRONMENT\n.TP\n.B ORBIT_QUIET\nHack to stop it.\n.SH SEE ALSO\n.sp\n\\fBorbit(5)\\fP,\n\\fBorbit-faq(7)\\fP\n'
  const said = environmentWords([file('orbit.1', manual, { language: 'roff', role: 'docs' })], new Set(['ORBIT_QUIET']))
  assert.doesNotMatch(JSON.stringify([...said]), /faq/)
})

test('an anchor may follow the name in a heading, and a link of AsciiDoc is its text', () => {
  const settings =
    '## `ORBIT_NAME` {: #ORBIT_NAME }\n\nDefault: `Moon`\n\nThe display name of this planet.\n\n## Quotas\n\nORBIT_NAME sets a quota on plans.\n'
  const guide = 'If `ORBIT_ID` is set, it supports https://orbit.dev/?a=b#on-udp[finding bodies] on the way.\n'
  const said = environmentWords(
    [
      file('docs/settings.md', settings, { language: 'markdown', role: 'docs' }),
      file('docs/guide.adoc', guide, { language: 'asciidoc', role: 'docs' }),
    ],
    new Set(['ORBIT_NAME', 'ORBIT_ID']),
  )
  assert.deepEqual(
    [...said].map(([name, words]) => [name, plainText({ type: 'paragraph', children: words.sentence })]),
    [
      ['ORBIT_NAME', 'The display name of this planet.'],
      ['ORBIT_ID', 'If ORBIT_ID is set, it supports finding bodies on the way.'],
    ],
  )
})

test('a default of a shell may be a path below another variable', () => {
  const path = '$' + '{TMPDIR:-/tmp}/orbit/plans'
  const script = file('orbit.sh', 'ORBIT_DIR=1\n', { language: 'bash' })
  const readme = file('README.md', '- `ORBIT_DIR`: Where plans are kept\n', { language: 'markdown', role: 'docs' })
  const rowOf = (value: string): string => {
    const reads = [{ ...read(script, 'ORBIT_DIR', { default: value }), line: 1 }]
    const { markdown } = document(sample([script, readme], [component(script, 'run')], [], {}, { reads }))
    return /^\| `ORBIT_DIR` .*$/m.exec(markdown.get('overview.md') ?? '')?.[0] ?? ''
  }
  assert.match(rowOf(path), /^\| `ORBIT_DIR` \| `\$\{TMPDIR:-\/tmp\}\/orbit\/plans` \| Where plans are kept\. \|/)
  assert.doesNotMatch(rowOf('$(date)/plans'), /date/)
  assert.match(rowOf('US$5'), /^\| `ORBIT_DIR` \| `US\$5` \|/)
})

test('if the code has several defaults, the one of the documents is shown', () => {
  const code = file('src/app.ts', 'process.env.ORBIT_PORT\nexport function run() {}\n')
  const readme = file(
    'README.md',
    '| name | default | what |\n|-|-|-|\n| `ORBIT_PORT` | `3000` | The port of plans |\n',
    {
      language: 'markdown',
      role: 'docs',
    },
  )
  const reads = ['3000', '8080'].map((value) => read(code, 'ORBIT_PORT', { default: value }))
  const { markdown } = document(sample([code, readme], [component(code, 'run')], [], {}, { reads }))
  assert.match(markdown.get('overview.md') ?? '', /^\| `ORBIT_PORT` \| `3000` \|/m)
})

test('what files of examples and tests set has no row', () => {
  const code = file('src/app.ts', 'process.env.ORBIT_MODE\nexport function run() {}\n')
  const overviewWith = (path: string): string => {
    const set = file(path, '# How burns are planned.\nORBIT_MODE=1\n', { language: 'dotenv', role: 'config' })
    const reads = [read(code, 'ORBIT_MODE')]
    return document(sample([code, set], [component(code, 'run')], [], {}, { reads })).markdown.get('overview.md') ?? ''
  }
  assert.match(overviewWith('.env.example'), /^\| `ORBIT_MODE` \|/m)
  assert.doesNotMatch(overviewWith('docker/test/fixtures/.env.example'), /ORBIT_MODE/)
})

test('a translated document describes no variable', () => {
  const said = environmentWords(
    [
      file('docs/ja-jp/configuration.md', '- `ORBIT_A`: 設定ファイルの場所\n'),
      file('docs/configuration.md', '- `ORBIT_A`: Where the plans are.\n'),
    ],
    new Set(['ORBIT_A']),
  )
  assert.equal(plainText({ type: 'paragraph', children: said.get('ORBIT_A')?.sentence ?? [] }), 'Where the plans are.')
})

test('a variable is not described by a longer heading, by a value that another one is used for, nor by a part of a sentence', () => {
  const docs = [
    '## SHELL INTEGRATION',
    '',
    'Print the last folder when it exits.',
    '',
    '## EDITOR',
    '',
    'If `VISUAL` is set, its value is used instead of `EDITOR`.',
    '',
    '- `FORK`: and now you see the errors.',
  ].join('\n')
  const words = environmentWords(
    [file('docs/a.md', docs, { language: 'markdown', role: 'docs' })],
    new Set(['SHELL', 'EDITOR', 'VISUAL', 'FORK']),
  )
  assert.deepEqual([...words.keys()], ['EDITOR'])
  const script = file('run', '# The version that is found.\nTOOL_VERSION=$($TOOL_BIN --version)\n', {
    language: 'bash',
  })
  const version = component(script, 'TOOL_VERSION', {
    kind: 'constant',
    startLine: 2,
    endLine: 2,
    doc: 'The version that is found.',
  })
  const reads = [{ ...read(script, 'TOOL_BIN'), line: 2 }]
  const { markdown } = document(sample([script], [version], [], {}, { reads }))
  assert.doesNotMatch([...markdown.values()].join(), /\| `TOOL_BIN` \|/)
})

test('one described variable of many is not told as what users may set', () => {
  const rowsOf = (count: number): boolean => {
    const names = Array.from({ length: count }, (_, at) => `ORBIT_${'ABCDEFGH'.charAt(at)}`)
    const code = file(
      'src/app.ts',
      `export function run() {}\n${names.map((name) => `process.env.${name};\n`).join('')}`,
    )
    const example = file('.env.example', '# What is needed first\nORBIT_A=\n', { language: 'dotenv', role: 'config' })
    const reads = names.map((name) => read(code, name))
    const { markdown } = document(sample([code, example], [component(code, 'run')], [], {}, { reads }))
    return (markdown.get('overview.md') ?? '').includes('## Environment')
  }
  assert.deepEqual([rowsOf(4), rowsOf(5)], [true, false])
})

test('every file that reads a variable is named, without those of tests', () => {
  const code = file('orbit/plan.py', 'os.environ.get("ORBIT_SLOW")\n', { language: 'python' })
  const setup = file('setup.py', 'os.environ.get("ORBIT_SLOW")\n', { language: 'python', role: 'manifest' })
  const entry = file('tools/testing/run.sh', '[ "$ORBIT_SLOW" != y ] && build\n', { language: 'bash', role: 'test' })
  const readme = file('README.md', '- `ORBIT_SLOW`: Builds it without extensions.\n', { language: 'markdown' })
  const reads = [code, entry, setup].map((one) => read(one, 'ORBIT_SLOW'))
  const input = sample([code, entry, readme, setup], [], [], {}, { reads })
  const image = file('tools/testing/Dockerfile', 'FROM a\n', { language: 'dockerfile', role: 'container' })
  input.inventory.files.push(image)
  const stage = { id: 'tools/testing/Dockerfile#a', name: 'a', file: image.path, startLine: 1, endLine: 1, detail: 'a' }
  input.analysis.artifacts = {
    nodes: [{ ...stage, kind: 'stage' }],
    edges: [{ from: stage.id, to: entry.path, kind: 'runs' }],
  }
  const { markdown } = document(input)
  assert.match(
    markdown.get('overview.md') ?? '',
    /^\| `ORBIT_SLOW` \|[^|]*\| \[`orbit\/plan\.py`\][^|]*, `setup\.py` \|$/m,
  )
  assert.doesNotMatch([...markdown.values()].join(), /run\.sh, line 1/)
})

test('a heading may give the value and an anchor of a variable, which a definition below it describes', () => {
  const text = [
    '#### [`ORBIT_A=<url>`](#ORBIT_A) {#ORBIT_A}',
    '',
    ': Where the plans of all',
    'bodies are kept. Others follow.',
    '',
    '    Defaults to `/tmp`.',
    '',
    '#### `ORBIT_B` of the planet',
    '',
    ': Where it is.',
    '',
    '#### `ORBIT_C=<n>`',
    '',
    ': Defaults to 4.',
    '',
    '#### `ORBIT_D`',
    '',
    '!!! failure "Removed in v3"',
    '',
    '    Use `ORBIT_A` from now on.',
    '',
    '#### `ORBIT_E`',
    '',
    ': Sets the pilot of',
    '`ORBIT_A` in flight.',
    '',
    '#### `ORBIT_F`',
    '',
    'This is a standard Django setting, read more in [its documentation](https://example.org/).',
  ].join('\n')
  const names = ['A', 'B', 'C', 'D', 'E', 'F'].map((letter) => `ORBIT_${letter}`)
  const said = environmentWords([file('docs/a.md', text)], new Set(names))
  assert.deepEqual(
    [...said].map(([name, { sentence }]) => `${name} ${plainText({ type: 'paragraph', children: sentence })}`),
    ['ORBIT_A Where the plans of all bodies are kept.', 'ORBIT_E Sets the pilot of ORBIT_A in flight.'],
  )
})
