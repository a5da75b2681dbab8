/** A reporter that counts the tests that ran. A file without a test is reported under its own name: it does not count. */
export default async function* count(events) {
  let ran = 0
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue
    if (data.details.type === 'suite' || data.skip !== undefined || /\.test\.(?:tsx?|mjs)$/.test(data.name)) continue
    ran += 1
  }
  yield `tests run: ${ran}\n`
}
