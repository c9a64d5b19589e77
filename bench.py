import sys, time, multiprocessing as mp, os
from works import *
ctx = mp.get_context("fork")
def pebble_(fn, n, chunk=1):
    from pebble import ProcessPool
    from concurrent.futures import as_completed
    t=time.perf_counter(); c=time.process_time()
    with ProcessPool(2, context=ctx) as p:
        fs=[p.schedule(fn,args=(i,)) for i in range(n)]
        for f in as_completed(fs):
            try: f.result()
            except Exception as e: print(type(e), e)
    return time.perf_counter()-t, time.process_time()-c
def cf_(fn,n,chunk=1):
    from concurrent.futures import as_completed, ProcessPoolExecutor
    t=time.perf_counter(); c=time.process_time()
    with ProcessPoolExecutor(2, mp_context=ctx) as p:
        fs=[p.submit(fn,i) for i in range(n)]
        bad=0
        for f in as_completed(fs):
            try: f.result()
            except Exception as e: bad+=1
    print("bad",bad)
    return time.perf_counter()-t, time.process_time()-c
def own(fn,n,chunk=1):
    from multiprocessing.connection import wait
    t=time.perf_counter(); c=time.process_time()
    def main(conn):
        while True:
            try: i=conn.recv()
            except EOFError: return
            conn.send(fn(i))
    ends=[]
    for _ in range(2):
        a,b=ctx.Pipe()
        p=ctx.Process(target=main,args=(b,)); p.start(); b.close(); ends.append(a)
    left=iter(range(n)); got=0
    for e in ends: e.send(next(left))
    while got<n:
        for e in wait(ends):
            e.recv(); got+=1
            i=next(left,None)
            if i is not None: e.send(i)
    for e in ends: e.close()
    return time.perf_counter()-t, time.process_time()-c
f={"pebble":pebble_,"cf":cf_,"own":own}[sys.argv[1]]
g={"noop":noop,"slow":slow,"killer":killer}[sys.argv[2]]
print(sys.argv[1:], "wall %.3f cpu(parent) %.3f"%f(g,int(sys.argv[3])))
