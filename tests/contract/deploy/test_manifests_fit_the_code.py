"""What the manifests say about our own code is true."""

import re
import subprocess
import sys

import pytest
import yaml
from manifests import BASE, OURS, compose, defaults_filled_in, environment_without_ours, known_settings, of_kind, pods, running

from libs.common.pipeline import STAGES
from libs.common.runtime.settings import HttpSettings, WorkerSettings
from services.gateway.settings import GatewaySettings

OUR_OWN = [found for found in running() if found.ours]
by_name = pytest.mark.parametrize("found", OUR_OWN, ids=lambda found: f"{found.where}-{found.name}")


@by_name
def test_every_setting_exists_in_a_settings_class(found):
    assert {name for name in found.settings if name.startswith("REELSMITH_")} <= known_settings()


@by_name
def test_every_secret_is_a_file_that_a_settings_class_reads(found):
    assert {secret.upper() for secret in found.secrets} <= known_settings()


@by_name
def test_no_secret_stands_in_the_environment(found):
    secret = ("PASSWORD", "TOKEN", "_KEY", "DATABASE_URL", "BROKER_URL")
    assert [name for name in found.settings if name.endswith(secret) and not name.endswith("TLS_KEY")] == []


@pytest.mark.parametrize("where", ["compose", "k8s"])
@pytest.mark.parametrize("stage", STAGES.values(), ids=lambda stage: stage.name)
def test_every_step_has_a_worker(where, stage):
    service = stage.name.partition(".")[0]
    workers = [found for found in OUR_OWN if found.where == where and found.module == f"services.{service}" and "worker" in found.command]
    assert [found.name for found in workers if stage.queue in found.queues or not found.queues] != []


@pytest.mark.parametrize("found", [found for found in OUR_OWN if found.queues], ids=lambda found: f"{found.where}-{found.name}")
def test_a_worker_takes_only_queues_of_its_service(found):
    assert set(found.queues) <= {stage.queue for stage in STAGES.values() if f"services.{stage.name.partition('.')[0]}" == found.module}


@pytest.mark.parametrize("module", sorted({found.module for found in OUR_OWN if found.module.startswith("services.")}))
def test_a_service_knows_the_commands_that_it_is_started_with(module):
    told = subprocess.run(
        [sys.executable, "-m", module, "--help"], capture_output=True, text=True, timeout=120, check=False, env=environment_without_ours()
    )
    assert told.returncode == 0, told.stderr
    assert {found.command[3] for found in OUR_OWN if found.module == module} <= set(re.findall(r"\w+", told.stdout))


@pytest.mark.parametrize("where", ["compose", "k8s"])
def test_the_gateway_reaches_every_service_that_it_forwards_to(where):
    gateway = next(found for found in OUR_OWN if found.where == where and found.name == "gateway")
    wanted = {name.removesuffix("_url") for name in GatewaySettings.model_fields if name.endswith("_url")}
    serving = {found.name: found for found in OUR_OWN if found.where == where and "serve" in found.command}
    assert wanted <= set(serving)
    for name in wanted:
        port = serving[name].settings["REELSMITH_HTTP_PORT"]
        assert gateway.settings[f"REELSMITH_GATEWAY_{name.upper()}_URL"] == f"http://{name}:{port}"
        assert serving[name].settings["REELSMITH_HTTP_HOST"] == "0.0.0.0"


@pytest.mark.parametrize("where", ["compose", "k8s"])
def test_both_sides_of_an_internal_call_have_the_token(where):
    readers = {
        "gateway": "gateway_internal_token",
        "voice": "voice_token",
        "composition": "composition_token",
        "assets": "assets_internal_token",
    }
    for name, secret in {**readers, "assets-worker": "assets_internal_token"}.items():
        found = next(found for found in OUR_OWN if found.where == where and found.name == name)
        assert f"reelsmith_{secret}" in found.secrets, name


def test_only_the_gateway_is_open_and_only_to_this_machine():
    published = {name: service["ports"] for name, service in compose()["services"].items() if "ports" in service}
    assert {name: [defaults_filled_in(port) for port in ports] for name, ports in published.items()} == {"gateway": ["127.0.0.1:8443:8443"]}
    assert GatewaySettings().port == 8443


def test_a_kubernetes_service_points_at_a_port_that_its_pods_open():
    opened = {
        pod["metadata"]["name"]: {
            port["name"]: port["containerPort"] for c in pod["spec"]["template"]["spec"]["containers"] for port in c.get("ports", ())
        }
        for pod in pods()
    }
    for service in of_kind("Service"):
        for port in service["spec"]["ports"]:
            target = service["spec"]["selector"]["app.kubernetes.io/name"]
            assert opened[target][port["targetPort"]] == port["port"], service["metadata"]["name"]


def test_http_faces_listen_where_the_probes_ask():
    for found in OUR_OWN:
        if found.where == "k8s" and "serve" in found.command:
            port = found.settings["REELSMITH_GATEWAY_PORT" if found.name == "gateway" else "REELSMITH_HTTP_PORT"]
            assert found.raw["ports"] == [{"name": "https" if found.name == "gateway" else "http", "containerPort": int(port)}]
    assert HttpSettings().port == 8000


def test_a_worker_has_time_to_end_its_step():
    soft_s = WorkerSettings().soft_shutdown_s
    assert int(compose()["x-worker-settings"]["REELSMITH_WORKER_SOFT_SHUTDOWN_S"]) == soft_s
    for found in OUR_OWN:
        if found.where == "compose" and "worker" in found.command:
            assert int(found.raw["stop_grace_period"].removesuffix("s")) > soft_s
    for pod in pods():
        if pod["metadata"]["name"].endswith("-worker"):
            assert pod["spec"]["template"]["spec"]["terminationGracePeriodSeconds"] > soft_s


@by_name
def test_a_workers_probe_looks_at_the_file_that_it_touches(found):
    if "worker" not in found.command and found.name != "reconciler":
        return
    file = found.settings["REELSMITH_WORKER_HEALTH_FILE"]
    probes = (
        [found.raw["healthcheck"]]
        if found.where == "compose"
        else [found.raw[f"{kind}Probe"] for kind in ("startup", "liveness", "readiness")]
    )
    assert file is not None
    assert all(file in str(probe) for probe in probes)


def test_secrets_script_makes_every_secret_that_is_mounted(tmp_path):
    script = BASE.parents[1] / "secrets.sh"
    subprocess.run([script, tmp_path], check=True)
    made = {path.name for path in tmp_path.iterdir()}
    assert {path["file"].removeprefix("secrets/") for path in compose()["secrets"].values()} <= made
    assert all(path.stat().st_size > 20 for path in tmp_path.iterdir())
    assert tmp_path.stat().st_mode & 0o777 == 0o700


def test_secrets_script_leaves_alone_what_is_there(tmp_path):
    script = BASE.parents[1] / "secrets.sh"
    subprocess.run([script, tmp_path], check=True)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    subprocess.run([script, tmp_path], check=True)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_secrets_script_writes_the_secrets_that_pods_mount(tmp_path):
    script = BASE.parents[1] / "secrets.sh"
    told = subprocess.run([script, tmp_path], check=True, capture_output=True, text=True, env={"PATH": "/usr/bin:/bin", "KUBERNETES": "1"})
    made = {secret["metadata"]["name"]: set(secret["data"]) for secret in yaml.safe_load_all(told.stdout) if secret}
    by_hand = {"reelsmith-gateway-tls"}
    for pod in pods():
        for volume in pod["spec"]["template"]["spec"].get("volumes", ()):
            if "secret" in volume and volume["secret"]["secretName"] not in by_hand:
                keys = {item["key"] for item in volume["secret"].get("items", ())}
                assert keys <= made[volume["secret"]["secretName"]], pod["metadata"]["name"]


def test_our_image_is_built_from_our_dockerfile():
    build = compose()["services"]["gateway"]["build"]
    assert (build["context"], build["dockerfile"], build["target"]) == ("..", "deploy/Dockerfile", "cpu")
    assert {found.image.partition(":")[0] for found in OUR_OWN} == {OURS}
