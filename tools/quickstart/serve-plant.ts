// What stands in for the plants' own systems goes on when the quickstart has ended with --keep; else all that it left
// running would say that the plants are down.
import { startPlantServices } from './plant-services.ts';

const [httpPort = 0, tcpPort = 0] = process.argv.slice(2).map(Number);
await startPlantServices(httpPort, tcpPort);
