# Prints what the prometheus module of a Ceph manager would serve, without a manager: what it imports is stood in for, and
# the states of placement groups are read out of the manager's source.
import ast
import sys
import types
from unittest.mock import MagicMock

modules, manager = sys.argv[1:3]


def stand_in(name, **known):
    module = types.ModuleType(name)
    module.__getattr__ = lambda attribute: MagicMock()
    for key, value in known.items():
        setattr(module, key, value)
    sys.modules[name] = module


def unchanged(*_, **__):
    return lambda function: function


with open(f'{manager}/mgr_module.py') as source:
    assignments = [node for node in ast.parse(source.read()).body if isinstance(node, ast.Assign)]
states = next(ast.literal_eval(node.value) for node in assignments if node.targets[0].id == 'PG_STATES')

stand_in('cherrypy', __version__='18.8.0')
stand_in('mgr_util', profile_method=unchanged)
stand_in('orchestrator', OrchestratorClientMixin=object)
stand_in('rbd')
stand_in(
    'mgr_module',
    MgrModule=object,
    MgrStandbyModule=object,
    PG_STATES=states,
    CLIReadCommand=unchanged,
    CLIWriteCommand=unchanged,
)

sys.path.insert(0, modules)
from prometheus.module import Module  # noqa: E402

for metric in Module._setup_static_metrics(MagicMock()).values():
    metric.set(1, tuple('x' for _ in metric.labelnames or ()))
    print(metric.str_expfmt())
