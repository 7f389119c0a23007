import { parentPort, workerData } from 'node:worker_threads'
import { verifyFile } from './verify-file.ts'

// The thread of `verifyFileAside`. The build makes it a bundle of its own.
const { file } = workerData as { readonly file: string }
parentPort?.postMessage(verifyFile(file))
