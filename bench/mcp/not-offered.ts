/**
 * What the protocol's conformance suite asks of servers that offer more than docspool's does. The suite is made for libraries: most of its
 * scenarios call tools, prompts and resources that a server under test has to have for it.
 */

/** Tools of the suite that a server has to have for a scenario. */
const OWN_TOOL =
  /\b(?:test_\w+|json_schema_2020_12_tool|slow_compute|failing_job|protocol_error_job|greet|confirm_delete|multi_input)\b/

/** Why a check cannot pass, by a pattern of its id. */
const NOT_OFFERED: readonly (readonly [check: RegExp, because: string])[] = [
  [/^(?:prompts-|sep-2549-prompts-|sep-2322-non-tool-)/, 'there are no prompts'],
  [/^completion-/, 'there are no completions'],
  [/^logging-|^tools-call-with-logging$/, 'the server sends no log messages to clients'],
  [/^resources-(?:un)?subscribe$/, 'resources do not change'],
  [/^resources-(?:read-(?:text|binary)|templates-read)$/, 'needs the resources test://… of the suite'],
  [/^sep-2243-server-/, 'no argument of a tool goes into a header'],
  [/^sep-2322-/, 'no tool asks its caller for more; needs tools of the suite'],
  [/^(?:sep-2663-|tasks-)/, 'an extension that is not offered: tasks'],
  [/^server-sse-/, 'there are no sessions, and no stream to go on with'],
  [/^sep-2640-/, 'an extension that is not offered: skills'],
]

/** The suite also passes checks because a call of such a tool is refused. */
export const isWithoutTool = (details: string): boolean => OWN_TOOL.test(details) && details.includes('not found')

/**
 * @param check - Id of a check that was not passed.
 * @param error - What the suite says of it.
 * @returns Why it does not apply here; `undefined` when it does.
 */
export function whyNotOffered(check: string, error: string): string | undefined {
  const [tool] = OWN_TOOL.exec(error) ?? []
  const because = NOT_OFFERED.find(([pattern]) => pattern.test(check))?.[1]
  return because ?? (tool === undefined ? undefined : `needs the tool ${tool} of the suite`)
}
