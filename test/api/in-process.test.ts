import { clientFor } from '../../api/router.ts'
import { apiSuite } from './suite.ts'

apiSuite('in process', async (desk, person) => ({ client: clientFor({ desk, person }), close: () => {} }))
