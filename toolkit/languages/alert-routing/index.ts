export { labelsRead, type Route, readRoutes, routesTaken } from './routes.ts';
