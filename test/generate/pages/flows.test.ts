import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Component } from '#generate/model.ts'
import { diagramsOf, faultOf } from '../../support/mermaid.ts'
import { analysedSample } from './real-sample.ts'
import { component, document, edge, file, type Sample, sample } from './sample.ts'

const app = file(
  'src/app.ts',
  `export class App {
  run(request) {
    // route(1) in a comment is no call, and neither is "send(2)"
    const reply = new Reply(request)
    const handler = route(request)
    handler(reply)
    const text = render(reply)
    send(text)
    return text
  }
  size() { return 1 }
}
`,
)
const reply = file(
  'src/reply.ts',
  'export class Reply {\n  constructor(request) {\n    1\n    parse(request)\n  }\n}\nexport function parse(request) {\n  a()\n  b()\n  c()\n}\n',
)
const routes = file(
  'src/routes.ts',
  'export function route(request) {\n  1\n  2\n  3\n}\nexport function render(reply) {\n  1\n  return parse(reply)\n  3\n}\nexport function send(text) {\n  1\n  2\n  3\n}\n',
)

/** A component from the line with its name to a later one. */
function span(
  owner: typeof app,
  name: string,
  startLine: number,
  endLine: number,
  extra: Partial<Component> = {},
): Component {
  return component(owner, name, { startLine, endLine, ...extra })
}

const components = [
  span(app, 'App', 1, 12, { kind: 'class' }),
  span(app, 'App.run', 2, 10, { kind: 'method', doc: 'Answers a request.' }),
  span(app, 'App.size', 11, 11, { kind: 'method' }),
  span(reply, 'Reply', 1, 6, { kind: 'class' }),
  span(reply, 'Reply.constructor', 2, 5, { kind: 'method' }),
  span(reply, 'parse', 7, 11, { doc: 'Reads the head. And more.' }),
  span(routes, 'route', 1, 5),
  span(routes, 'render', 6, 10),
  span(routes, 'send', 11, 15),
]
const RUN = `${app.path}#App.run`
const edges = [
  edge(RUN, `${reply.path}#Reply`, { kind: 'instantiates' }),
  edge(RUN, `${routes.path}#route`),
  edge(RUN, `${routes.path}#render`),
  edge(RUN, `${routes.path}#send`),
  edge(RUN, `${app.path}#App.size`),
  edge(`${reply.path}#Reply.constructor`, `${reply.path}#parse`),
  edge(`${routes.path}#render`, `${reply.path}#parse`),
]

function flowsIn(input: Sample): string[] {
  const { markdown, verification } = document(input)
  assert.deepEqual(verification.faults, [])
  return [...markdown].flatMap(([, text]) => diagramsOf(text)).filter((text) => !text.startsWith('flowchart LR'))
}

test('what a method does is drawn as a sequence, in the order of the code, and listed with links', async () => {
  const input = sample([app, reply, routes], components, edges)
  const [drawn, again] = flowsIn(input)
  assert.equal(
    drawn,
    `sequenceDiagram
  participant p1 as App
  participant p2 as Reply
  participant p3 as routes.ts
  participant p4 as reply.ts
  p1->>p2: new Reply
  p1->>p3: route#40;#41;
  p1->>p3: render#40;#41;
  p3->>p4: parse#40;#41;
  p1->>p3: send#40;#41;`,
  )
  assert.equal(again, undefined, 'it is told once, on the overview')
  assert.equal(await faultOf(drawn), undefined)
  const overview = document(input).markdown.get('overview.md') ?? ''
  assert.match(overview, /### What happens in \[`App\.run`\]\([^)]+\)\n\nAnswers a request\.\n/)
  assert.match(overview, /^3\. \[`render`\]\([^)]+\)\n {3}1\. \[`parse`\]\([^)]+\): Reads the head\.$/m)
})

test('a getter, a guess, a test, and a call that is not found in the code are in no flow', () => {
  const without = (change: (one: (typeof edges)[number]) => (typeof edges)[number]): string[] =>
    flowsIn(sample([app, reply, routes], components, edges.map(change)))
  for (const text of without((one) => one)) assert.doesNotMatch(text, /size/)
  const guessed = without((one) => (one.to.endsWith('#send') ? { ...one, origin: 'unique-name' } : one))
  for (const text of guessed) assert.doesNotMatch(text, /send/)
  const unseen = sample(
    [file(app.path, (app.text ?? '').replace('render(reply)', 'reply')), reply, routes],
    components,
    edges,
  )
  for (const text of flowsIn(unseen)) assert.doesNotMatch(text, /render/)
  const tests = [app, reply, routes].map((one) => file(one.path, one.text, { role: 'test' }))
  assert.deepEqual(flowsIn(sample(tests, components, edges)), [])
})

test('two calls tell nothing, and what stays in one file is a tree', async () => {
  const few = edges.filter(({ to }) => !/#(?:send|render|route)$/.test(to))
  assert.deepEqual(flowsIn(sample([app, reply, routes], components, few)), [])
  const names = ['start', 'one', 'two', 'three', 'four', 'five']
  const one = file(
    'src/one.c',
    `${names.map((name) => `int ${name}() {\n  x\n  y\n}`).join('\n')}\n`.replace(
      '  x',
      '  one(); two(); three(); four(); five();',
    ),
  )
  const parts = names.map((name, index) => span(one, name, index * 4 + 1, index * 4 + 4))
  const [drawn = ''] = flowsIn(
    sample(
      [one],
      parts,
      names.slice(1).map((name) => edge(`${one.path}#start`, `${one.path}#${name}`)),
    ),
  )
  assert.match(drawn, /^flowchart TD\n {2}n1\["start"\]\n {2}n2\["one"\]/)
  assert.equal(drawn.match(/ --> /g)?.length, 5)
  assert.equal(await faultOf(drawn), undefined)
})

test('an argument comes before its call, a branch and a loop are framed, a closure is no step', async () => {
  const app = `from replies import Reply, parse
from routes import route, render, send, later

class App:
    def run(self, request):
        reply = Reply(request)
        if handler:
            for x in y: send(route(x))
        text = render(reply)
        return lambda: later(text)
`
  const lines = '    a = 1\n    b = 2\n    c = 3\n'
  const [drawn = ''] = flowsIn(
    await analysedSample({
      'src/app.py': app,
      'src/replies.py': `class Reply:\n    def __init__(self, request):\n        self.a = 1\n        self.b = 2\n        self.c = 3\n        parse(request)\n\ndef parse(request):\n${lines}`,
      'src/routes.py': `from replies import parse\n\ndef route(request):\n${lines}\ndef render(reply):\n${lines}    return parse(reply)\n\ndef send(text):\n${lines}\ndef later(text):\n${lines}`,
    }),
  )
  assert.deepEqual(drawn.split('\n').slice(5), [
    '  p1->>p2: new Reply',
    '  loop repeatedly, conditionally',
    '  p1->>p3: route#40;#41;',
    '  p1->>p3: send#40;#41;',
    '  end',
    '  p1->>p3: render#40;#41;',
    '  p3->>p4: parse#40;#41;',
  ])
  assert.equal(await faultOf(drawn), undefined)
})

test('in a tree a call that may not happen is a broken arrow, and the list says so', async () => {
  const names = ['one', 'two', 'three', 'four', 'five']
  const bodies = names.map((name) => `int ${name}() {\n  x\n  y\n}\n`).join('')
  const start = 'int start() {\n  one(); two();\n  if (three()) four();\n  while (x) five();\n}\n'
  const input = await analysedSample({ 'src/one.c': bodies + start })
  const { markdown, verification } = document(input)
  assert.deepEqual(verification.faults, [])
  const page = [...markdown.values()].find((text) => text.includes('flowchart TD')) ?? ''
  assert.match(page, /n1 --> n4\n {2}n1 -\.-> n5\n {2}n1 -\.-> n6\n/)
  assert.match(page, /^4\. \[`four`\]\([^)]+\) \(conditionally\)$/m)
  assert.match(page, /^5\. \[`five`\]\([^)]+\) \(repeatedly\)$/m)
  assert.match(page, /A broken arrow is a call in a branch or in a loop\./)
  assert.match(page, /<summary>Boxes of the diagram<\/summary>\n\n1\. \[`start`\]\([^)]+\)\n2\. \[`one`\]/)
})

test('a message to an overload has the types of its parameters, unless they are long', async () => {
  const labelled = components.map((one) =>
    one.name === 'route'
      ? { ...one, label: 'route(Request)' }
      : one.name === 'send'
        ? { ...one, label: `send(${'A, '.repeat(20)}B)` }
        : one,
  )
  const [drawn = ''] = flowsIn(sample([app, reply, routes], labelled, edges))
  assert.match(drawn, /: route#40;Request#41;$/m)
  assert.match(drawn, /: send#40;#41;$/m)
  assert.equal(await faultOf(drawn), undefined)
})

test('a circle of calls ends', () => {
  const circle = edges.concat(edge(`${routes.path}#route`, RUN), edge(`${reply.path}#parse`, `${routes.path}#render`))
  assert.ok(flowsIn(sample([app, reply, routes], components, circle)).length > 0)
})

test('what a program says of itself, and getters, are no steps', () => {
  const renamed = (text: string): string => text.replaceAll('send', 'logSent')
  const files = [app, reply, routes].map((one) => file(one.path, renamed(one.text ?? '')))
  const parts = components.map((one) => ({
    ...one,
    id: renamed(one.id),
    name: renamed(one.name),
    qualifiedName: renamed(one.qualifiedName),
  }))
  const drawn = flowsIn(
    sample(
      files,
      parts,
      edges.map((one) => ({ ...one, to: renamed(one.to) })),
    ),
  )
  assert.ok(drawn.length > 0)
  for (const text of drawn) assert.doesNotMatch(text, /logSent/)
})
