import { connectPort, connectSocket } from './connect.ts'
import { apiSuite } from './suite.ts'

apiSuite('over a MessagePort', connectPort)
apiSuite('over a WebSocket', connectSocket)
