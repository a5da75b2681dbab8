/** How well questions run side by side: the time of the prose beside what the endpoint's own time allows. */

import { startModelServer } from '../../test/support/model/server.ts'
import { makeDocuments, openSubject } from './subject.ts'

const DELAY_MS = 300
const WIDTH = 8

export async function parallel(folder: string): Promise<string[]> {
  const subject = await openSubject(folder)
  try {
    await makeDocuments(subject)
    const lines: string[] = []
    for (const width of [1, WIDTH]) {
      const server = await startModelServer({ delayMs: DELAY_MS })
      await makeDocuments(subject, { url: server.url, place: `width-${width}`, concurrency: width })
      await server.idle()
      const { seen, counters } = server
      const took = Math.max(...seen.map((one) => one.endedAt ?? 0)) - Math.min(...seen.map((one) => one.startedAt))
      // What a machine without any work of its own would need for as many answers.
      const ideal = Math.ceil(seen.length / width) * DELAY_MS
      lines.push(
        `${width} at once: ${seen.length} questions in ${(took / 1_000).toFixed(1)} s, ideal ${(ideal / 1_000).toFixed(1)} s, ${(ideal / took).toFixed(2)} of it; at most ${counters.peakConcurrent} at once`,
      )
      await server.close()
    }
    return [`answers of ${DELAY_MS} ms`, ...lines.map((line) => `  ${line}`)]
  } finally {
    await subject.close()
  }
}
