import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { takeContainers } from '#generate/guides/containers.ts'

const lines = (...all: string[]): string => all.join('\n')

describe('indented code', () => {
  it('keeps lines that are left out elsewhere', () => {
    for (const line of ["import foo from 'foo'", '{% raw %}', '<App />', '{/* note */}']) {
      const source = lines('Use:', '', `    ${line}`, '    foo()', '', `\t${line}`, '', 'Done.')
      assert.equal(takeContainers(source).markdown, source)
      assert.equal(takeContainers(lines('Use:', '', line)).markdown, 'Use:\n\n')
    }
  })

  it('holds no containers', () => {
    const source = lines('Use:', '', '    <Note>', '    foo()', '    </Note>', '', '    !!! note', '        words')
    assert.deepEqual(takeContainers(source), { markdown: source, parts: [] })
  })

  it('is not the content of a list or of a container', () => {
    const list = takeContainers(lines('1. Use', '', '    <App />', '', '    <Note>', '    words', '    </Note>'))
    assert.doesNotMatch(list.markdown, /App/)
    assert.equal(list.parts.length, 1)
    const { parts } = takeContainers(lines('<Note>', '', '    <Tip>', '    words', '    </Tip>', '', '</Note>'))
    assert.equal(takeContainers(parts[0]?.text ?? '').parts[0]?.text, 'words')
  })
})

describe('a fence', () => {
  it('is no inline code at the start of a line', () => {
    const { parts } = takeContainers(lines('```a``` inline', '', ':::note', 'words', ':::'))
    assert.deepEqual(
      parts.map(({ word, text }) => [word, text]),
      [['note', 'words']],
    )
  })

  it('holds no containers', () => {
    for (const [open, close] of [
      ['```js title', '```'],
      ['~~~ a`b', '~~~'],
    ]) {
      const source = lines(open ?? '', ':::note', "import a from 'a'", ':::', close ?? '')
      assert.deepEqual(takeContainers(source), { markdown: source, parts: [] })
    }
  })
})
