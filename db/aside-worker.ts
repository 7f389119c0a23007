import { parentPort, workerData } from 'node:worker_threads'
import { answerWork, type WorkName } from './aside.ts'

// The thread of `workAside`. The build makes it a bundle of its own.
const { name, input } = workerData as { readonly name: WorkName; readonly input: unknown }
parentPort?.postMessage(answerWork(name, input))
