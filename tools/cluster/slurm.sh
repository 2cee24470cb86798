#!/bin/bash
# boxhead batch on Slurm: an array, one shard a task, all into one output folder.
#
#   sbatch --array=1-200 tools/cluster/slurm.sh /data/in/ /data/out
#
# A task that is preempted or comes to its time limit is queued again and goes on where its ledger ends. A task whose
# documents all have a verdict succeeds, also if some of the verdicts are failures.
#SBATCH --job-name=boxhead
#SBATCH --cpus-per-task=4
#SBATCH --mem=9G
#SBATCH --time=12:00:00
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --signal=B:TERM@120
set -u

# A shard is told by the place in the array and its length, which must start at 1.
boxhead batch "$1" -o "$2" --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" --jobs "$SLURM_CPUS_PER_TASK" \
  --log-format json &
child=$!
stopped=
trap 'stopped=yes; kill -TERM $child' TERM
wait $child
status=$?
# A signal ends the first wait, not the run, which finishes what it has begun.
if [ $stopped ]; then
  wait $child
  status=$?
fi
case $status in
  0 | 2 | 3) exit 0 ;;
  130) scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID" ;;
  *) exit $status ;;
esac
