import { test } from 'node:test'
import { swift } from '#generate/analyse/languages/swift/swift.ts'
import { kotlin } from '#generate/analyse/languages/kotlin/kotlin.ts'
import { analyseTexts } from './generate/analyse/languages/analyse-texts.ts'
test('x', async () => {
  const { analysis, edges } = await analyseTexts([swift, kotlin], {
    'I.swift': 'public typealias V = Foo\n',
    'C.swift': 'public final class Item {\n internal init() {}\n}\n',
    'Key.swift': `protocol Keyed { }
extension Int: Keyed {
}
extension V: Keyed {
}

extension Item: Keyed {
}
`,
 'A.kt': 'package a\n\n/** Marks it. */\nannotation class Mark\n',
 'B.kt': 'package a\n\n/** Marks it. */\nannotation class Mark2\n\nclass Next {\n}\n',
 'C.kt': 'package a\n\n/** Marks it. */\n@Foo\nannotation class Mark3\n',
 'D.kt': `package a
@Active(since = "1")
class Apply(config: Config) : Rule(config), Need {
    override fun visit(e: E) {
        super.visit(e)
        analyze(e) {
            if (e.isGood()) { report(e) }
        }
    }
    @Suppress("ReturnCount")
    context(session: KaSession)
    private fun E.isGood(): Boolean {
        with(session) { return true }
    }
    context(session: KaSession)
    fun E.other(): K? = null
}
`
  })
  console.log(JSON.stringify(edges, null, 0))
  console.log(analysis.components.map((c) => [c.id, c.kind, c.startLine, c.endLine, c.signature].join(' | ')).join('\n'))
})
