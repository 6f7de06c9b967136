"""What holds for every container, whatever runs in it."""

import re

import pytest
import yaml
from manifests import BASE, COMPONENTS, DEPLOY, compose, images, named, objects, octal_is_closed, of_kind, pods, running

by_name = pytest.mark.parametrize("found", running(), ids=lambda found: f"{found.where}-{found.name}")
each_pod = pytest.mark.parametrize("pod", pods(), ids=named)
IN_KUBERNETES = [found for found in running() if found.where == "k8s"]
IN_COMPOSE = [found for found in running() if found.where == "compose"]
PUBLIC = ("docker.io/library/", "docker.io/qdrant/", "docker.io/vllm/", "reelsmith-cpu")
EDGES = {
    "gateway": {"assets", "voice", "composition", "postgres", "redis"},
    "assets": {"postgres", "qdrant"},
    "assets-worker": {"assets", "postgres", "redis"},
    **{f"{name}-worker": {"postgres", "redis"} for name in ("scripts", "moderation", "voice", "composition", "render", "encoding")},
    "reconciler": {"postgres", "redis"},
    "migrate": {"postgres"},
}


@by_name
def test_an_image_names_its_version(found):
    repository, _, tag = found.image.rpartition(":")
    assert re.fullmatch(r"v?\d+(\.\d+)+(-[a-z0-9.]+)?", tag), found.image
    assert repository.startswith(PUBLIC)


def test_manifests_name_no_registry_outside_the_one_table():
    used = {container["image"] for pod in pods() for container in all_containers(pod)}
    assert used <= set(images())


def test_nothing_names_a_host_of_the_internet():
    ours = (
        set(compose()["services"]) | {service["metadata"]["name"] for service in of_kind("Service")} | {"0.0.0.0", "127.0.0.1", "localhost"}
    )
    for path in (*DEPLOY.glob("*.yaml"), *BASE.glob("*.yaml"), *COMPONENTS.glob("*/*.yaml"), DEPLOY / "secrets.sh"):
        assert set(re.findall(r"https?://([A-Za-z0-9.-]+)", path.read_text())) <= ours, path.name


@pytest.mark.parametrize("found", [f for f in IN_COMPOSE if f.name != "qdrant-volume"], ids=lambda found: found.name)
def test_a_compose_container_has_no_rights_that_it_does_not_need(found):
    service = found.raw
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "cap_add" not in service
    assert "privileged" not in service
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["user"].partition(":")[0] not in ("", "0", "root")
    assert not any("docker.sock" in str(volume) for volume in service.get("volumes", ()))


def test_the_one_container_that_is_root_only_gives_a_volume_away_and_has_no_network():
    service = compose()["services"]["qdrant-volume"]
    assert (service["cap_drop"], service["cap_add"], service["network_mode"]) == (["ALL"], ["CHOWN"], "none")
    assert service["entrypoint"][0] == "chown"


@pytest.mark.parametrize("found", [f for f in IN_COMPOSE if f.name not in ("migrate", "qdrant-volume")], ids=lambda found: found.name)
def test_a_compose_service_is_watched(found):
    assert {"test", "interval", "timeout", "retries", "start_period"} <= set(found.raw["healthcheck"])


def test_only_the_gateway_has_a_way_out_in_compose():
    networks = compose()["networks"]
    assert networks["inside"]["internal"] is True
    outside = {found.name for found in IN_COMPOSE if set(found.raw.get("networks", ())) - {"inside"}}
    assert outside == {"gateway"}


def test_redis_keeps_its_queue():
    for found in running():
        if found.name == "redis":
            command = " ".join(found.command)
            assert "--appendonly yes" in command
            assert "--maxmemory-policy noeviction" in command
            assert "redis.conf" in command  # the password


def all_containers(pod):
    spec = pod["spec"]["template"]["spec"]
    return [*spec.get("initContainers", ()), *spec["containers"]]


@each_pod
def test_a_pod_meets_the_restricted_standard(pod):
    spec = pod["spec"]["template"]["spec"]
    assert spec["securityContext"]["runAsNonRoot"] is True
    assert spec["securityContext"]["runAsUser"] > 0
    assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert not {"hostNetwork", "hostPID", "hostIPC"} & set(spec)
    assert not any("hostPath" in volume for volume in spec.get("volumes", ()))
    for container in all_containers(pod):
        assert container["securityContext"]["allowPrivilegeEscalation"] is False
        assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}


@each_pod
def test_a_pod_has_no_token_and_no_names_of_others(pod):
    spec = pod["spec"]["template"]["spec"]
    assert spec["automountServiceAccountToken"] is False
    assert spec["enableServiceLinks"] is False
    accounts = {found["metadata"]["name"]: found for found in of_kind("ServiceAccount")}
    assert accounts[spec["serviceAccountName"]]["automountServiceAccountToken"] is False


@each_pod
def test_a_container_cannot_write_its_image_and_has_limits(pod):
    for container in all_containers(pod):
        if container["name"] != "vllm":  # writes its compiled kernels beside its own code
            assert container["securityContext"]["readOnlyRootFilesystem"] is True
        assert {"cpu", "memory"} <= set(container["resources"]["requests"])
        assert "memory" in container["resources"]["limits"]


@each_pod
def test_a_secret_is_not_for_everybody_and_is_mounted_read_only(pod):
    spec = pod["spec"]["template"]["spec"]
    secret = {volume["name"]: volume["secret"] for volume in spec.get("volumes", ()) if "secret" in volume}
    assert all(octal_is_closed(volume["defaultMode"]) for volume in secret.values())
    mounts = [mount for container in all_containers(pod) for mount in container.get("volumeMounts", ()) if mount["name"] in secret]
    assert all(mount["readOnly"] for mount in mounts)


@pytest.mark.parametrize("pod", of_kind("Deployment", "StatefulSet"), ids=named)
def test_a_pod_is_probed(pod):
    for container in pod["spec"]["template"]["spec"]["containers"]:
        assert {"startupProbe", "livenessProbe", "readinessProbe"} <= set(container)


@pytest.mark.parametrize("found", [f for f in IN_KUBERNETES if "serve" in f.command], ids=lambda found: found.name)
def test_a_restart_is_not_decided_by_other_services(found):
    assert found.raw["livenessProbe"]["httpGet"]["path"] == "/livez"
    assert found.raw["readinessProbe"]["httpGet"]["path"] == "/readyz"


def test_what_runs_twice_may_lose_one_at_a_time():
    replicated = {pod["metadata"]["name"] for pod in of_kind("Deployment") if pod["spec"]["replicas"] > 1}
    guarded = {found["metadata"]["name"] for found in of_kind("PodDisruptionBudget")}
    assert guarded == replicated


def test_all_traffic_is_denied_but_for_the_edges():
    policies = {found["metadata"]["name"]: found["spec"] for found in of_kind("NetworkPolicy")}
    assert policies["default-deny"] == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    ports = {service["metadata"]["name"]: service["spec"]["ports"][0]["port"] for service in of_kind("Service")}
    for name in set().union(*EDGES.values(), {"vllm"}):
        mark, target = {"matchLabels": {f"reelsmith.io/calls-{name}": "true"}}, {"matchLabels": {"app.kubernetes.io/name": name}}
        out, into = policies[f"to-{name}"], policies[f"into-{name}"]
        opened = [{"protocol": "TCP", "port": ports[name]}]
        assert out == {"podSelector": mark, "policyTypes": ["Egress"], "egress": [{"to": [{"podSelector": target}], "ports": opened}]}
        assert into == {"podSelector": target, "policyTypes": ["Ingress"], "ingress": [{"from": [{"podSelector": mark}], "ports": opened}]}


@pytest.mark.parametrize("pod", [pod for pod in pods() if pod["metadata"]["name"] in EDGES], ids=named)
def test_a_pod_calls_whom_it_needs_and_nobody_else(pod):
    labels = pod["spec"]["template"]["metadata"]["labels"]
    assert {label.removeprefix("reelsmith.io/calls-") for label in labels if label.startswith("reelsmith.io/calls-")} == EDGES[
        pod["metadata"]["name"]
    ]


def test_every_pod_of_ours_is_in_the_table_of_edges():
    callers = {pod["metadata"]["name"] for pod in pods()} - {"voice", "composition", "postgres", "redis", "qdrant", "vllm"}
    assert callers == set(EDGES)


def test_the_namespace_refuses_what_is_not_restricted():
    labels = of_kind("Namespace")[0]["metadata"]["labels"]
    assert labels["pod-security.kubernetes.io/enforce"] == "restricted"


def test_the_kustomization_takes_every_file():
    listed = yaml.safe_load((BASE / "kustomization.yaml").read_text())["resources"]
    assert sorted(listed) == sorted(path.name for path in BASE.glob("*.yaml") if path.name != "kustomization.yaml")


def test_no_object_is_there_twice():
    names = [named(found) for found in objects()]
    assert len(names) == len(set(names))
